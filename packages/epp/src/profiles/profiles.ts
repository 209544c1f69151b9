import { coLike } from './co-like.ts'
import { dropzoneLike } from './dropzone-like.ts'
import { eeLike } from './ee-like.ts'
import { frLike } from './fr-like.ts'
import { nlLike } from './nl-like.ts'
import { noLike } from './no-like.ts'
import { nomulusLike } from './nomulus-like.ts'
import { nzLike } from './nz-like.ts'
import type { Profile } from './profile.ts'
import { strictLike } from './strict-like.ts'
import { ukLike } from './uk-like.ts'
import { verisignLike } from './verisign-like.ts'

/** Every kind of registry that we know, by its id. */
export const PROFILES: ReadonlyMap<string, Profile> = new Map(
  [
    verisignLike,
    coLike,
    nzLike,
    frLike,
    ukLike,
    noLike,
    eeLike,
    nlLike,
    dropzoneLike,
    nomulusLike,
    strictLike,
  ].map((profile) => [profile.id, profile]),
)
