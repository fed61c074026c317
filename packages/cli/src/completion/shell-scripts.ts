/**
 * What a shell runs to complete a line of ours. The scripts know no command: they ask
 * `ouverture completion SHELL --line LINE`, and so they never grow old. Its answer is `files` or
 * `values` on the first line, then a value on each line, a tab and what it is.
 */
export type Shell = "bash" | "zsh" | "fish";
export const SHELLS: readonly Shell[] = ["bash", "zsh", "fish"];

// bash parts words at @, = and :, so that the answer has only what comes after the last of them.
const BASH = `# Completion of ouverture for bash.
# Into ~/.bashrc: eval "$(ouverture completion bash)"
_ouverture() {
  local answer kind value
  COMPREPLY=()
  answer="$(command ouverture completion bash --line "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" || return
  {
    IFS= read -r kind
    while IFS=$'\\t' read -r value _; do
      [ -n "$value" ] && COMPREPLY+=("$value")
    done
  } <<<"$answer"
  if [ "$kind" = files ] && [ "\${#COMPREPLY[@]}" -eq 0 ]; then
    compopt -o default 2>/dev/null
  fi
  case "\${COMPREPLY[0]-}" in *[=@]) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _ouverture ouverture
`;

const ZSH = `#compdef ouverture
# Completion of ouverture for zsh.
# Into ~/.zshrc, after compinit: eval "$(ouverture completion zsh)"
_ouverture() {
  local answer kind line
  local -a lines described
  answer="$(command ouverture completion zsh --line "\${(j: :)words[1,CURRENT]}" 2>/dev/null)" || return 1
  lines=("\${(@f)answer}")
  kind=$lines[1]
  shift lines
  for line in $lines; do
    described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( $#described )) && _describe 'ouverture' described && return 0
  [[ $kind == files ]] && _files
}
if [ "$funcstack[1]" = _ouverture ]; then _ouverture "$@"; else compdef _ouverture ouverture; fi
`;

const FISH = `# Completion of ouverture for fish.
# Once: ouverture completion fish > ~/.config/fish/completions/ouverture.fish
function __ouverture_complete
    set -l answer (command ouverture completion fish --line (commandline -cp | string collect) 2>/dev/null)
    if test (count $answer) -gt 1
        printf '%s\\n' $answer[2..-1]
    else if test "$answer[1]" = files
        __fish_complete_path (commandline -ct)
    end
end
complete -c ouverture -f -a '(__ouverture_complete)'
`;

export const SHELL_SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
