import type { FeeVersion } from '../extensions/fee/fee-version.ts'
import { chooseFeeVersion } from '../extensions/fee/versions.ts'
import type { SubProducts } from '../extensions/namestore.ts'
import { NAMESTORE_URI } from '../namespaces.ts'

/** What a registry demands of commands beyond what the greeting can say. */
export type Demands = {
  /** Where every command has to name its product (namestoreExt): products by zone. */
  readonly subProducts?: SubProducts
  /** Updates of DNSSEC have to carry `urgent`. RFC 5910 §5.2.5 leaves it to the client. */
  readonly dnssecUrgent?: boolean
}

/** What was agreed at login, and with it how commands are written and answers read on a session. */
export type Dialect = Demands & {
  readonly extensions: ReadonlySet<string>
  readonly fee?: FeeVersion
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
export function dialectOf(extensions: readonly string[], demands: Demands = {}): Dialect {
  const fee = chooseFeeVersion(extensions)
  const { subProducts, ...others } = demands
  const routed = subProducts !== undefined && extensions.includes(NAMESTORE_URI)
  return { ...others, extensions: new Set(extensions), ...(fee && { fee }), ...(routed && { subProducts }) }
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
