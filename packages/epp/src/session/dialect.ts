import type { Machine } from '@droplock/rules/machines/machine'
import { chooseFeeVersion, FEE_VERSIONS, type FeeVersion } from '../extensions/fee.ts'
import { LOGIN_SEC_URI } from '../extensions/login-sec.ts'
import { NAMESTORE_URI, type SubProducts } from '../extensions/namestore.ts'
import { SECDNS_URI } from '../extensions/secdns.ts'
import { CONTACT_URI, DOMAIN_URI, HOST_URI, RGP_URI, UNHANDLED_URI } from '../namespaces.ts'
import type { Greeting } from '../responses/greeting.ts'

/** `busy` is `ready` with a command in flight: derived from the conversation and not stored. */
export type SessionState = SessionPhase | 'busy'
export type SessionPhase = 'connecting' | 'greeting' | 'logging_in' | 'ready' | 'closed'
export type SessionEvent = 'connect' | 'greet' | 'log_in' | 'end'

export const sessionMachine = {
  initial: ['connecting'],
  transitions: {
    connecting: { connect: 'greeting', end: 'closed' },
    greeting: { greet: 'logging_in', end: 'closed' },
    logging_in: { log_in: 'ready', end: 'closed' },
    ready: { end: 'closed' },
    closed: {},
  },
} as const satisfies Machine<SessionPhase, SessionEvent>

const OBJECTS: ReadonlySet<string> = new Set([DOMAIN_URI, CONTACT_URI, HOST_URI])
const FEES: ReadonlySet<string> = new Set(FEE_VERSIONS.map(({ uri }) => uri))

/** The extensions that a login names if the registry offers them. namestoreExt is not among them: it would be required in every command. */
export const DEFAULT_EXTENSIONS: readonly string[] = [
  RGP_URI,
  SECDNS_URI,
  ...FEES,
  LOGIN_SEC_URI,
  UNHANDLED_URI,
]

const VERSION = '1.0'

/**
 * The terms of the login: what both the client and the greeting support, in the greeting's spelling, with one version of the
 * fee extension. Throws `Error` when the registry offers no EPP 1.0, no language or no domains. RFC 5730 §2.9.1.1.
 */
export function agreeServices(
  greeting: Greeting,
  wanted: { readonly lang: string; readonly extensions: readonly string[] },
): LoginTerms {
  const lang = greeting.langs.find((offered) => offered.toLowerCase() === wanted.lang.toLowerCase())
  const shared = [...new Set(greeting.extensions)].filter((uri) => wanted.extensions.includes(uri))
  const fee = chooseFeeVersion(shared)?.uri
  const terms = {
    version: greeting.versions.find((offered) => offered === VERSION),
    lang: lang ?? greeting.langs[0],
    objects: [...new Set(greeting.objects)].filter((uri) => OBJECTS.has(uri)),
    extensions: shared.filter((uri) => !FEES.has(uri) || uri === fee),
  }
  if (terms.version === undefined) throw new Error('the registry does not support EPP 1.0')
  if (terms.lang === undefined) throw new Error('the greeting names no language')
  if (!terms.objects.includes(DOMAIN_URI)) throw new Error('the registry serves no domain objects')
  return { ...terms, version: terms.version, lang: terms.lang }
}

/** What a registry requires in commands and its greeting cannot say. */
export type Demands = {
  /** Products by zone, where every command has to name its product (namestoreExt). */
  readonly subProducts?: SubProducts
  /** DNSSEC updates have to carry `urgent`. RFC 5910 §5.2.5 leaves it to the client. */
  readonly dnssecUrgent?: boolean
}

/** What was agreed at login. It determines how commands are encoded and answers read on a session. */
export type Dialect = Demands & {
  readonly extensions: ReadonlySet<string>
  readonly fee?: FeeVersion
}

/** EPP without any extension. */
export const PLAIN: Dialect = { extensions: new Set() }

/** The command needs an extension that this registry does not offer. Nothing was sent. */
export class NotAgreed extends Error {
  constructor(what: string) {
    super(`the registry offers no ${what} that this client supports`)
    this.name = 'NotAgreed'
  }
}

/** The dialect of a session with these extensions in its login. */
export function dialectOf(extensions: readonly string[], demands: Demands = {}): Dialect {
  const fee = chooseFeeVersion(extensions)
  const { subProducts, ...others } = demands
  const routed = subProducts !== undefined && extensions.includes(NAMESTORE_URI)
  return { ...others, extensions: new Set(extensions), ...(fee && { fee }), ...(routed && { subProducts }) }
}

/** Throws `NotAgreed` unless the extension was in the login. */
export function requireExtension({ extensions }: Dialect, uri: string, what: string): void {
  if (!extensions.has(uri)) throw new NotAgreed(what)
}

/** The session's version of the fee extension. Throws `NotAgreed` without one. */
export function requireFee({ fee }: Dialect): FeeVersion {
  if (fee === undefined) throw new NotAgreed('fee extension')
  return fee
}

/** What the login names, as agreed from the greeting. */
export type LoginTerms = {
  readonly version: string
  readonly lang: string
  readonly objects: readonly string[]
  readonly extensions: readonly string[]
}
