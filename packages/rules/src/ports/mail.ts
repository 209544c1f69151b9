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
  /** Where a mail program switches mails like this one off by one POST, without asking anything (RFC 2369, RFC 8058). */
  readonly unsubscribeUrl?: string
}

/**
 * - `sent`: a mail server has taken it.
 * - `refused`: the server will not take this mail, however often it is tried (RFC 5321 §4.2.1: 5yz for sender, recipient or text).
 *   `isAddress`: because there is no such recipient, or it takes no mails; not because of who sends, or what.
 * - `unavailable`: not now, or nobody knows. It may be sent again.
 */
export type MailOutcome =
  | { readonly kind: 'sent'; readonly answer: string }
  | { readonly kind: 'refused'; readonly answer: string; readonly isAddress: boolean }
  | { readonly kind: 'unavailable'; readonly answer: string }

export type MailSender = {
  send(mail: Mail): Promise<MailOutcome>
  close(): Promise<void>
}
