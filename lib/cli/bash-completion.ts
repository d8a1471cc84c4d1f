/**
 * Completion for bash. The one that the library prints gives what was typed to `eval`, so that to press tab behind
 * `$(command)` would run it; needs the package bash-completion; and declares what can't be declared again. Here words go as
 * they stand, and answers are compared, not expanded. Answers are lines of a word, a tab and what it means; the last one is a
 * colon and a sum of: 1 it failed, 2 no space behind it, 4 paths are no answers. Paths bash itself completes.
 */
export const bashCompletion = `# bash completion for picloud
__picloud_complete() {
    local cur prev words cword out directive word _
    if declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref -n "=:" cur prev words cword
    else
        words=("\${COMP_WORDS[@]}")
        cword=$COMP_CWORD
        cur=\${COMP_WORDS[COMP_CWORD]}
    fi
    COMPREPLY=()
    out=$(picloud complete -- "\${words[@]:1:cword}" 2>/dev/null) || return
    directive=\${out##*:}
    [[ $out == *:* && $directive =~ ^[0-9]+$ ]] || return
    out=\${out%:*}
    (( directive & 1 )) && return
    (( directive & 2 )) && compopt -o nospace
    (( directive & 4 )) && compopt +o default
    while IFS=$'\\t' read -r word _; do
        [[ -n $word && $word == "$cur"* ]] && COMPREPLY+=("$word")
    done <<< "$out"
}
complete -o default -F __picloud_complete picloud
`
