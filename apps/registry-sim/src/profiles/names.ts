/** The registries whose published rules are kept as data, one file each. */
export const profileNames = [
  'verisign-like',
  'co-like',
  'nz-like',
  'fr-like',
  'uk-like',
  'no-like',
  'ee-like',
  'nl-like',
  'dropzone-like',
  'nomulus-like',
  'strict-like',
] as const

export type ProfileName = (typeof profileNames)[number]
