import type { ExtensionName } from '../registry/conduct.ts'
import type { RegistrySettings } from '../registry/settings.ts'

export const EPP = 'urn:ietf:params:xml:ns:epp-1.0'
export const DOMAIN = 'urn:ietf:params:xml:ns:domain-1.0'
export const CONTACT = 'urn:ietf:params:xml:ns:contact-1.0'
export const HOST = 'urn:ietf:params:xml:ns:host-1.0'
export const RGP = 'urn:ietf:params:xml:ns:rgp-1.0'
export const FEE = 'urn:ietf:params:xml:ns:epp:fee-1.0'
export const SEC_DNS = 'urn:ietf:params:xml:ns:secDNS-1.1'
export const LOGIN_SEC = 'urn:ietf:params:xml:ns:epp:loginSec-1.0'
export const NAMESTORE = 'http://www.verisign-grs.com/epp/namestoreExt-1.1'

const uris: Readonly<Record<ExtensionName, string>> = {
  rgp: RGP,
  fee: FEE,
  secDNS: SEC_DNS,
  loginSec: LOGIN_SEC,
  namestoreExt: NAMESTORE,
}

export type Menu = { readonly objects: readonly string[]; readonly extensions: readonly string[] }

/** What the greeting of a registry offers and its login takes. */
export function menuOf({ contacts, hosts, extensions, otherExtensions }: RegistrySettings): Menu {
  return {
    objects: [DOMAIN, ...(contacts === 'none' ? [] : [CONTACT]), ...(hosts === 'attributes' ? [] : [HOST])],
    extensions: [...extensions.map((name) => uris[name]), ...otherExtensions],
  }
}
