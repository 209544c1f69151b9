import { z } from 'zod'

/** How a registry treats its clients, beyond plain limits. A rule without a setting does not apply. */

export const milliseconds = z.int().min(0).max(86_400_000)

/** The extensions that a registry can offer: the name used in settings, and the namespace. */
export const extensionUris = {
  rgp: 'urn:ietf:params:xml:ns:rgp-1.0',
  fee: 'urn:ietf:params:xml:ns:epp:fee-1.0',
  secDNS: 'urn:ietf:params:xml:ns:secDNS-1.1',
  loginSec: 'urn:ietf:params:xml:ns:epp:loginSec-1.0',
  namestoreExt: 'http://www.verisign-grs.com/epp/namestoreExt-1.1',
} as const

type ExtensionName = keyof typeof extensionUris
const extensionNames = Object.keys(extensionUris) as ExtensionName[]

export const conduct = z.strictObject({
  extensions: z.array(z.enum(extensionNames)).default(['rgp', 'fee']),
  /** Further URIs in the greeting that no command accepts, for example older fee drafts. */
  otherExtensions: z.array(z.string().min(1).max(200)).max(50).default([]),
  /** The greeting shows the time in whole seconds, rounded down, as many registries do. */
  svDateInSeconds: z.boolean().default(false),
  /** `none`: not offered. `unchecked`: a domain may name any id. `checked`: only contacts that exist. */
  contacts: z.enum(['none', 'unchecked', 'checked']).default('unchecked'),
  /** The same for host objects; `attributes`: name servers are attributes of the domain (RFC 5731 §1.1). */
  hosts: z.enum(['unchecked', 'checked', 'attributes']).default('unchecked'),
  /** The answer to a check of a dropping name contains its drop time, and names drop at whole seconds. */
  showsDropTime: z.boolean().default(false),
  /** Creates after the purge are applications, decided when this long has passed since the purge. */
  dropzone: z.strictObject({ periodMs: milliseconds }).optional(),
  /** The server accepts logins only from this time of the day, for this long. The control API can add openings. */
  opening: z
    .strictObject({ atUtc: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), openMs: milliseconds })
    .optional(),
  /** Clients need a certificate of this authority (PEM) for the TLS connection. */
  clientCertificateCa: z.string().min(1).optional(),
  /** Clients from other addresses get a refusal in plain text. */
  clientAddresses: z.array(z.string()).optional(),
  /** A session ends at this age, and after a number of commands drawn between these. */
  sessionLifeMs: milliseconds.min(10).optional(),
  sessionCommands: z.strictObject({ min: z.int().min(1), max: z.int().min(1) }).optional(),
  /** The first command runs this long after the login. */
  loginPauseMs: milliseconds.optional(),
  /** The delay of an answer 2302 to a create. */
  slowExistsMs: milliseconds.optional(),
  /** After an error the session runs no command for this long. A command sent meanwhile waits and counts as a violation. */
  errorBlockMs: milliseconds.optional(),
  /**
   * Transforms on one connection are `gapMs` apart. An early one is answered 2400 and not run, and the next is due
   * `penaltyMs` later, each further one adding as much again.
   */
  transformGap: z.strictObject({ gapMs: milliseconds, penaltyMs: milliseconds }).optional(),
  /**
   * A name checked more than `max` times in `windowMs`, or within `afterCreateMs` after a create of it, is a violation,
   * and its answer is delayed by `slowMs`.
   */
  checksOfName: z
    .strictObject({
      max: z.int().min(1),
      windowMs: milliseconds,
      slowMs: milliseconds,
      afterCreateMs: milliseconds.optional(),
    })
    .optional(),
  /** An info on a name of another registrar without its authInfo: answered, or 2201 (RFC 5731 §3.1.2 leaves it to the registry). */
  infoOfOthers: z.enum(['shown', 'refused']).default('shown'),
  /** `unique`: a clTRID can be used once per account, for ever. A command that repeats one is not run, and its connection ends. */
  clTRIDs: z.enum(['any', 'unique']).default('any'),
  /** The answer to a create without a registrant; `false`: it is not required. */
  registrantMissing: z.union([z.literal(false), z.literal([2003, 2303])]).default(false),
  /** Contacts that a create must have, else 2003. */
  contactsWanted: z.array(z.enum(['admin', 'billing', 'tech'])).default([]),
  /** `int`: a contact without its internationalised form is 2003. */
  contactForms: z.enum(['any', 'int']).default('any'),
  /** `demanded`: a DNSSEC update without `urgent` is 2003. `unsupported`: one with it is 2102 (RFC 5910 §5.2.5). */
  dnssecUrgent: z.enum(['ignored', 'demanded', 'unsupported']).default('ignored'),
  /** Checks of names that are taken count like failed creates. */
  failedChecksCount: z.boolean().default(false),
  /** How long creates are blocked when the budget of failures is used up; absent: until the 24 hours allow one again. */
  createsBlockedMs: milliseconds.optional(),
})
