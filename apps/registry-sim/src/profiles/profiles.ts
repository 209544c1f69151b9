import { coLike } from './co-like.ts'
import { dropzoneLike } from './dropzone-like.ts'
import { eeLike } from './ee-like.ts'
import { frLike } from './fr-like.ts'
import type { ProfileName } from './names.ts'
import { nlLike } from './nl-like.ts'
import { noLike } from './no-like.ts'
import { nomulusLike } from './nomulus-like.ts'
import { nzLike } from './nz-like.ts'
import type { Profile } from './profile.ts'
import { strictLike } from './strict-like.ts'
import { ukLike } from './uk-like.ts'
import { verisignLike } from './verisign-like.ts'

export const profiles = {
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
} as const satisfies Record<ProfileName, Profile>
