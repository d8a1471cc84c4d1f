# press-tab.zsh SHELL SETUP LINE: types LINE and the tab key into that shell on a terminal, and prints the line that it made of it.
# Sourced by that shell, SETUP binds ^X^L to print the line between < and >, and then prints READY.
zmodload zsh/zpty
case $1 in
  zsh) zpty shell zsh -f -i ;;
  bash) zpty shell bash --norc --noprofile -i ;;
esac
zpty -w shell " source $2"
zpty -r shell seen $'*\nREADY*' || exit 1
zpty -n -w shell "$3"$'\t\x18\f'
zpty -r shell seen '*<picloud*>*' || exit 1
seen=${seen##*\<}
print -r -- "${seen%%\>*}"
