import type { FeeVersion } from '../extensions/fee/fee-version.ts'
import { chooseFeeVersion } from '../extensions/fee/versions.ts'
import type { SubProducts } from '../extensions/namestore.ts'
import { NAMESTORE_URI } from '../namespaces.ts'

/** What was agreed at login, and with it how commands are written and answers read on a session. */
export type Dialect = {
  readonly extensions: ReadonlySet<string>
  readonly fee?: FeeVersion
  /** Present where every command has to name its product. */
  readonly subProducts?: SubProducts
}

/** EPP without any extension. */
export const PLAIN: Dialect = { extensions: new Set() }

/** A command needs what this registry does not offer. Nothing was sent. */
export class NotAgreed extends Error {
  constructor(what: string) {
    super(`the registry offers no ${what} that we speak`)
    this.name = 'NotAgreed'
  }
}

/** The dialect of a session that was logged in with these extensions. */
export function dialectOf(extensions: readonly string[], subProducts?: SubProducts): Dialect {
  const fee = chooseFeeVersion(extensions)
  const routed = subProducts !== undefined && extensions.includes(NAMESTORE_URI)
  return { extensions: new Set(extensions), ...(fee && { fee }), ...(routed && { subProducts }) }
}

/** Throws `NotAgreed` unless the extension was logged in. */
export function requireExtension({ extensions }: Dialect, uri: string, what: string): void {
  if (!extensions.has(uri)) throw new NotAgreed(what)
}

/** The fee extension. Throws `NotAgreed` without one. */
export function requireFee({ fee }: Dialect): FeeVersion {
  if (fee === undefined) throw new NotAgreed('fee extension')
  return fee
}
