import type { RegistryProfileId } from '@droplock/rules/registries/profiles'
import { coLike } from './co-like.ts'
import { dropzoneLike } from './dropzone-like.ts'
import { eeLike } from './ee-like.ts'
import { frLike } from './fr-like.ts'
import { generic } from './generic.ts'
import { nlLike } from './nl-like.ts'
import { noLike } from './no-like.ts'
import { nomulusLike } from './nomulus-like.ts'
import { nzLike } from './nz-like.ts'
import type { Profile } from './profile.ts'
import { strictLike } from './strict-like.ts'
import { ukLike } from './uk-like.ts'
import { verisignLike } from './verisign-like.ts'

/** How the client treats every kind of registry. */
export const PROFILES: Readonly<Record<RegistryProfileId, Profile>> = {
  generic,
  'verisign-like': verisignLike,
  'co-like': coLike,
  'nz-like': nzLike,
  'fr-like': frLike,
  'uk-like': ukLike,
  'no-like': noLike,
  'ee-like': eeLike,
  'nl-like': nlLike,
  'dropzone-like': dropzoneLike,
  'nomulus-like': nomulusLike,
  'strict-like': strictLike,
}
