/** XML namespaces, which are also the service URIs of greeting and login. Matching is on these, never on a prefix. */
export const EPP_URI = 'urn:ietf:params:xml:ns:epp-1.0'
export const DOMAIN_URI = 'urn:ietf:params:xml:ns:domain-1.0'
export const CONTACT_URI = 'urn:ietf:params:xml:ns:contact-1.0'
export const HOST_URI = 'urn:ietf:params:xml:ns:host-1.0'
export const RGP_URI = 'urn:ietf:params:xml:ns:rgp-1.0'
export const SECDNS_URI = 'urn:ietf:params:xml:ns:secDNS-1.1'
export const FEE_1_0_URI = 'urn:ietf:params:xml:ns:epp:fee-1.0'
export const LOGIN_SEC_URI = 'urn:ietf:params:xml:ns:epp:loginSec-1.0'
export const NAMESTORE_URI = 'http://www.verisign-grs.com/epp/namestoreExt-1.1'
/** RFC 9038: with it, a registry wraps what was not logged in instead of sending it as it is. */
export const UNHANDLED_URI = 'urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0'
