import type { LoginTerms } from '../commands/login.ts'
import { chooseFeeVersion, FEE_VERSIONS } from '../extensions/fee/versions.ts'
import {
  CONTACT_URI,
  DOMAIN_URI,
  HOST_URI,
  LOGIN_SEC_URI,
  RGP_URI,
  SECDNS_URI,
  UNHANDLED_URI,
} from '../namespaces.ts'
import type { Greeting } from '../responses/greeting.ts'

const OBJECTS: ReadonlySet<string> = new Set([DOMAIN_URI, CONTACT_URI, HOST_URI])
const FEES: ReadonlySet<string> = new Set(FEE_VERSIONS.map(({ uri }) => uri))

/** What we speak everywhere. namestoreExt is only for registries that want it: it would then be due in every command. */
export const DEFAULT_EXTENSIONS: readonly string[] = [
  RGP_URI,
  SECDNS_URI,
  ...FEES,
  LOGIN_SEC_URI,
  UNHANDLED_URI,
]

const VERSION = '1.0'

/**
 * What to log in with: the intersection of what we speak and what the greeting offers, in its spelling, and of the fee
 * extension's versions the best one. Throws `Error` when the registry offers no EPP 1.0, no language or no domains.
 * RFC 5730 §2.9.1.1.
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
  if (terms.version === undefined) throw new Error('the registry does not speak EPP 1.0')
  if (terms.lang === undefined) throw new Error('the greeting names no language')
  if (!terms.objects.includes(DOMAIN_URI)) throw new Error('the registry serves no domain objects')
  return { ...terms, version: terms.version, lang: terms.lang }
}
