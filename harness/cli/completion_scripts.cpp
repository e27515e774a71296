// What the shells read. Each asks the program itself what may come next, so none of them knows its options.
#include "harness/cli/completion.hpp"

#include <algorithm>

namespace bulkhead::cli {
namespace {

constexpr auto bash_script = R"sh(# Completion of bulkhead for bash.
_bulkhead() {
    local line=${COMP_LINE:0:COMP_POINT} typed=${COMP_WORDS[COMP_CWORD]} words lines each before endings path
    read -ra words <<<"$line"
    [[ $line != *[[:space:]] ]] || words+=("")
    # bash breaks words at = and : too, and wants to hear of what comes after the last of these only.
    [[ $typed != [=:] ]] || typed=
    before=${words[-1]%"$typed"}
    mapfile -t lines < <("${words[0]/#\~/$HOME}" generate candidates -- "${words[@]:1}" 2>/dev/null)
    COMPREPLY=()
    for each in "${lines[@]:1}"; do
        each=${each%%$'\t'*}
        COMPREPLY+=("${each#"$before"}")
    done
    case ${lines[0]} in
    list*) compopt -o nospace ;;
    files*)
        compopt -o filenames
        endings=" ${lines[0]#files} "
        while IFS= read -r path; do
            if [[ -d $path || $endings == "  " || $endings == *" ${path##*.} "* ]]; then
                COMPREPLY+=("$path")
            fi
        done < <(compgen -f -- "$typed")
        ;;
    esac
} 2>/dev/null
complete -F _bulkhead bulkhead
)sh";

constexpr auto zsh_script = R"sh(#compdef bulkhead
# Completion of bulkhead for zsh: for a folder of $fpath, as _bulkhead, or to be sourced.
_bulkhead() {
    local -a lines names texts endings
    local each kind tab=$'\t' pattern
    lines=("${(@f)$("${words[1]/#\~/$HOME}" generate candidates -- "${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
    kind=${lines[1]%% *}
    endings=(${=lines[1]#* })
    for each in "${(@)lines[2,-1]}"; do
        names+=("${each%%$tab*}")
        each=${each/$tab/  -- }
        texts+=("${each[1,COLUMNS-1]}")
    done
    if (( $#names )); then
        if [[ $kind == list ]]; then
            compadd -S '' -l -d texts -a names
        else
            compadd -l -d texts -a names
        fi
    fi
    if [[ $kind == files ]]; then
        [[ $PREFIX != --*=* ]] || compset -P '*='
        if [[ $lines[1] == files ]]; then
            _files
        else
            pattern="*.(${(j:|:)endings})"
            _files -g $pattern
        fi
    fi
}
if [[ $funcstack[1] == _bulkhead ]]; then
    _bulkhead "$@"
else
    compdef _bulkhead bulkhead
fi
)sh";

constexpr auto fish_script = R"sh(# Completion of bulkhead for fish.
function __bulkhead_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $words[1])
    set -e words[1]
    set -l lines ($program generate candidates -- $words "$current" 2>/dev/null)
    set -l kind (string split ' ' -- $lines[1])
    set -e lines[1]
    test (count $lines) -gt 0; and printf '%s\n' $lines
    test "$kind[1]" = files; or return
    set -e kind[1]
    set -l before (string match -r -- '^--[^=]*=' $current)
    for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
        set -l name (string split \t -- $path)[1]
        if string match -q -- '*/' $name; or test (count $kind) -eq 0; or contains -- (string match -r -- '[^.]*$' $name) $kind
            printf '%s%s\n' "$before" $path
        end
    end
end
complete -c bulkhead -f -a '(__bulkhead_complete)'
)sh";

struct Script {
    std::string_view shell;
    const char* text;
};
constexpr Script scripts[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

} // namespace

const char* completion_script(std::string_view shell)
{
    const auto found = std::ranges::find(scripts, shell, &Script::shell);
    return found == std::end(scripts) ? nullptr : found->text;
}

std::vector<std::string> completed_shells()
{
    std::vector<std::string> shells;
    for (const Script& script : scripts) {
        shells.emplace_back(script.shell);
    }
    return shells;
}

} // namespace bulkhead::cli
