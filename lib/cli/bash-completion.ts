/**
 * Stands before the completion for bash: what that needs of the package bash-completion, for shells that do not have it (the
 * word at the cursor, the one before it, all words, and which one that is; bash's functions see their caller's variables), and
 * that it is read once, as it declares what can't be declared again.
 */
export const beforeBash = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
_get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD-1]}
}
fi
if ! declare -F __picloud_complete >/dev/null; then
`

/** Stands behind it: bash itself completes what it leaves open, which is paths. */
export const afterBash = `fi
complete -o default -F __picloud_complete picloud
`
