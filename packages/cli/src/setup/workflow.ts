/** The workflow of GitHub Actions that checks what a repository imports. */

export const WORKFLOW = `# Checks that every function that is imported from the pool is what its hash says.
# Written by 'ouverture init --repo'.
name: ouverture

on: [push, pull_request]

permissions:
  contents: read

jobs:
  verify:
    name: Verify imported functions
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - uses: ouverture/verify-action@v1
`;
