/**
 * The kinds of registries, and of each what an operator has to give: `apart` where creates at the drop go to hosts of their own.
 * How the EPP client treats them (limits, extensions, products) is one file each in `packages/epp/src/profiles`.
 */
export const registryProfiles = {
  generic: { dropHost: 'same' },
  'verisign-like': { dropHost: 'same' },
  'co-like': { dropHost: 'same' },
  'nz-like': { dropHost: 'apart' },
  'fr-like': { dropHost: 'same' },
  'uk-like': { dropHost: 'same' },
  'no-like': { dropHost: 'same' },
  'ee-like': { dropHost: 'same' },
  'nl-like': { dropHost: 'same' },
  'dropzone-like': { dropHost: 'apart' },
  'nomulus-like': { dropHost: 'same' },
  'strict-like': { dropHost: 'same' },
} as const satisfies Record<string, { readonly dropHost: 'same' | 'apart' }>

export type RegistryProfileId = keyof typeof registryProfiles

export function isRegistryProfileId(text: string): text is RegistryProfileId {
  return Object.hasOwn(registryProfiles, text)
}
