import { names } from './names.ts'
import { problems } from './problems.ts'
import { site } from './site.ts'

/** The texts of every page, and of those that visitors open first. */
export const first = { ...site, ...problems, ...names } as const
