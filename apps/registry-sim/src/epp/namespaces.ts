export const EPP = 'urn:ietf:params:xml:ns:epp-1.0'
export const DOMAIN = 'urn:ietf:params:xml:ns:domain-1.0'
export const RGP = 'urn:ietf:params:xml:ns:rgp-1.0'
export const FEE = 'urn:ietf:params:xml:ns:epp:fee-1.0'

/** What the greeting offers and login accepts. */
export const OBJECTS: readonly string[] = [DOMAIN]
export const EXTENSIONS: readonly string[] = [RGP, FEE]
