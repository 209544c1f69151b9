/** The mail port. `packages/mail` has SMTP and a stand-in; both pass one conformance suite. No method throws for what a server does. */

export type Mail = {
  /** Sent again, a mail has the same `Message-ID` (RFC 5322 §3.6.4), so that a mailbox can tell that it is one. */
  readonly id: string
  /** One address. */
  readonly to: string
  /** One line; what would break it becomes a space. */
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/**
 * - `sent`: a mail server has taken it.
 * - `refused`: the server will not take this mail, however often it is tried (RFC 5321 §4.2.1: 5yz for sender, recipient or text).
 * - `unavailable`: not now, or nobody knows. It may be sent again.
 */
export type MailOutcome =
  | { readonly kind: 'sent'; readonly answer: string }
  | { readonly kind: 'refused'; readonly answer: string }
  | { readonly kind: 'unavailable'; readonly answer: string }

export type MailSender = {
  send(mail: Mail): Promise<MailOutcome>
  close(): Promise<void>
}
