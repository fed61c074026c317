/** What `--help` says. */
export const HELP = `Usage: ouverture-precommit [command] [options]

Checks, before a commit is made, that every function that it imports from the pool is what its
hash says. What is staged is looked at, and not the working tree; nothing is written.

Commands:
  staged [file...]        checks what is staged: the default, and what a hook runs; names of files
                          that lint-staged adds are not needed
  verify-all              checks all that is staged or committed; before a push, what is pushed
  verify-files <file...>  checks these files, as they are staged
  install                 writes the hooks for husky, a guarded script 'prepare', and asks first
  uninstall               takes away what install wrote, and nothing else
  doctor                  says whether a commit here would be checked, and why not

Options of staged, verify-all and verify-files:
  --offline          use no network (staged and verify-files do not unless --online is given)
  --online           ask the registries for functions that are not in a pool
  --allow-unfetched  let functions pass that cannot be fetched; they are counted as unverified

Options of install and uninstall:
  --plain        write the hooks of git itself, without husky
  --lint-staged  put the check into the configuration of lint-staged
  --dry-run      show what would be changed, and change nothing
  -y, --yes      do not ask

  --version      print the version
  -h, --help     print this

Exit status: 0 everything is verified; 1 something is not; 2 it could not be checked.

Examples:
  $ npx ouverture-precommit install --dry-run
  $ npx ouverture-precommit
  1 import of 1 function in 1 file: 1 verified, 0 skipped
`;
