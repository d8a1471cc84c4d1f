/**
 * What the completion for bash needs of the package bash-completion, for shells that do not have it: the word at the cursor,
 * the one before it, all words, and which one that is. Bash's functions see their caller's variables.
 */
export const bashWords = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
_get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD-1]}
}
fi
`
