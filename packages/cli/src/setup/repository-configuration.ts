/** `.ouverture/config.yaml` as a repository first gets it: all of it is comments. */
export const REPOSITORY_CONFIGURATION = `# The settings of this repository. They go over those of each user. Nothing here is needed.

# The human languages in which functions are shown, the dearest first.
# user:
#   languages: [eng, fra]

# Where functions are looked for that are neither in this folder nor in the user's pool.
# 'ouverture remote add' writes such an entry, too. Smaller priorities are asked first.
# registries:
#   - name: company
#     url: https://pool.example.com/
#     priority: 1
#     token_env: POOL_TOKEN # the variable that holds the token, never the token itself
`;
