import type { Money } from '../money.ts'
import type {
  ChargedFee,
  ContactInfo,
  CreateContact,
  DnssecRecord,
  DomainContact,
  FeeQuestion,
  FeeQuote,
  HostInfo,
  NameServer,
  Polled,
  RenewDomain,
  Renewed,
  RestoreReport,
  UpdateContact,
  UpdateDomain,
  UpdateHost,
} from './registry-objects.ts'

/**
 * The registrar port: what the catcher uses of the EPP session pool of one registry account. The real adapter is `packages/epp`; every
 * implementation passes the same conformance suite.
 */

/** Milliseconds on the process's monotonic clock; comparable only with each other. */
type MonotonicMs = number

/** What was sent and when; kept as evidence, whatever the result. */
export type Sent = {
  readonly clTRID: string
  readonly sentAt: Date
  readonly sentAtMs: MonotonicMs
}

/** The registry answered. `code` is an RFC 5730 §3 result code; `data` is present when the code is 1xxx and carries data. */
export type Answered<Data> = Sent & {
  readonly kind: 'answered'
  readonly code: number
  readonly message: string
  readonly svTRID: string
  readonly answeredAtMs: MonotonicMs
  readonly data?: Data
  /** The registry's reasons in addition to `message`; absent where it gave none. RFC 5730 §2.6. */
  readonly reasons?: readonly string[]
  /** What the command would have cost, where the refusal says so. */
  readonly refusedFee?: ChargedFee
}

/** Nothing was sent: no session, no slot in time, or the write failed before the first octet. Safe to repeat. */
export type NotSent = {
  readonly kind: 'not_sent'
  readonly reason: string
  /** It cannot be sent before this time. Absent where the time is not known. */
  readonly retryAtMs?: MonotonicMs
}

/** The command was sent and no answer came. Whether it took effect is unknown; only `info` can show it. */
export type Unknown = Sent & {
  readonly kind: 'unknown'
  readonly reason: string
}

export type Answer<Data> = Answered<Data> | NotSent | Unknown

export type CreateDomain = {
  readonly name: string
  readonly clTRID: string
  /** Years; always 1 (rule 8). */
  readonly years: 1
  readonly registrant?: string
  readonly contacts?: readonly DomainContact[]
  readonly nameServers?: readonly NameServer[]
  readonly dnssec?: readonly DnssecRecord[]
  /**
   * The most that we pay (rule 3): the registry refuses what costs more (2004; RFC 8748 §5.2.1), and registers what costs less at its
   * price. Without a negotiated fee extension no cap can be sent, and the answer is `not_sent`.
   */
  readonly feeCap?: Money
  readonly authInfo: string
}

export type Created = {
  readonly name: string
  readonly crDate: Date
  readonly exDate?: Date
  /** What the registry charged. Absent where it did not say. */
  readonly charged?: ChargedFee
}

/** RFC 5731 §3.1.2, with the RGP statuses of RFC 3915 when the extension was logged in. */
export type DomainInfo = {
  readonly name: string
  readonly roid: string
  readonly clID: string
  readonly crDate?: Date
  readonly exDate?: Date
  readonly statuses: readonly string[]
  readonly rgpStatuses: readonly string[]
  readonly registrant?: string
  readonly contacts?: readonly DomainContact[]
  readonly nameServers?: readonly NameServer[]
  /** Hosts below it, whoever uses them: they must be gone before it is deleted. Absent when it has none, or they were not asked for. */
  readonly subordinateHosts?: readonly string[]
  readonly upDate?: Date
  readonly dnssec?: readonly DnssecRecord[]
}

/** `name` is the domain's or host's name, or the contact's id. */
export type Availability = {
  readonly name: string
  readonly available: boolean
  readonly reason?: string
}

/** Registry clock minus ours, with its error bound: half the round trip of the hello (Cristian's algorithm). Milliseconds. */
export type ClockOffset = {
  readonly offsetMs: number
  readonly errorMs: number
  /** The registry's clock when a command arrives, minus ours when it is sent, with its error bound. */
  readonly arrivalMs: number
  readonly arrivalErrorMs: number
  /** The shortest round trip that was seen. */
  readonly roundTripMs: number
}

export type OnSend = (sent: Sent) => void

/** An answer without data: its code is all. */
export type Bare = undefined

export type ContactRegistrar = {
  check(ids: readonly string[], clTRID: string): Promise<Answer<readonly Availability[]>>
  create(
    order: CreateContact,
    onSend?: OnSend,
  ): Promise<Answer<{ readonly id: string; readonly crDate?: Date }>>
  info(id: string, clTRID: string): Promise<Answer<ContactInfo>>
  update(order: UpdateContact, onSend?: OnSend): Promise<Answer<Bare>>
}

export type HostRegistrar = {
  check(names: readonly string[], clTRID: string): Promise<Answer<readonly Availability[]>>
  /** IPv4 and IPv6 addresses, needed (and allowed) only for a host below a name of this registry. RFC 5732 §1.1. */
  create(
    order: { readonly name: string; readonly addresses: readonly string[]; readonly clTRID: string },
    onSend?: OnSend,
  ): Promise<Answer<{ readonly name: string; readonly crDate?: Date }>>
  info(name: string, clTRID: string): Promise<Answer<HostInfo>>
  update(order: UpdateHost, onSend?: OnSend): Promise<Answer<Bare>>
  /** 2305 while a name is delegated to it. RFC 5732 §3.2.2. */
  delete(name: string, clTRID: string, onSend?: OnSend): Promise<Answer<Bare>>
}

/** The account's message queue. RFC 5730 §2.9.2.3. */
export type MessageQueue = {
  /** The oldest message, which stays until it is acknowledged; none when the queue is empty. */
  next(clTRID: string): Promise<Answer<Polled>>
  acknowledge(messageId: string, clTRID: string): Promise<Answer<Bare>>
}

/** All commands except create are for outside a drop, as they count towards the same limits of the account. */
export type Registrar = {
  /**
   * `onSend` is called synchronously just before the first octet is sent: for a write-ahead record and the last check of the lease.
   * Where it throws, nothing is sent and the answer is `not_sent`.
   */
  create(order: CreateDomain, onSend?: OnSend): Promise<Answer<Created>>
  info(name: string, clTRID: string): Promise<Answer<DomainInfo>>
  check(names: readonly string[], clTRID: string): Promise<Answer<readonly Availability[]>>
  /** Prices; `not_sent` where the registry supports no fee extension. RFC 8748. */
  quote(
    names: readonly string[],
    questions: readonly FeeQuestion[],
    clTRID: string,
  ): Promise<Answer<readonly FeeQuote[]>>
  renew(order: RenewDomain, onSend?: OnSend): Promise<Answer<Renewed>>
  update(order: UpdateDomain, onSend?: OnSend): Promise<Answer<Bare>>
  delete(name: string, clTRID: string, onSend?: OnSend): Promise<Answer<Bare>>
  /** Requests the restore of a name in redemption or, with a report, completes it. The answer is its RGP statuses. RFC 3915. */
  restore(
    order: { readonly name: string; readonly clTRID: string; readonly report?: RestoreReport },
    onSend?: OnSend,
  ): Promise<Answer<readonly string[]>>
  readonly contacts: ContactRegistrar
  readonly hosts: HostRegistrar
  readonly messages: MessageQueue
  measureClock(): Promise<ClockOffset>
  /** Logs out where possible and ends every session. Never throws. */
  close(): Promise<void>
}
