import { z } from 'zod'

/** The mail server of an app that sends mails. */
export const mailSettings = {
  /** Mails leave through this server. Holds a password. */
  DROPLOCK_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
  /** An address, or `Name <address>`. */
  DROPLOCK_MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'must be an address, or Name <address>')
    .optional(),
} as const

type MailConfig = {
  readonly DROPLOCK_SMTP_URL?: string | undefined
  readonly DROPLOCK_MAIL_FROM?: string | undefined
}

/** For `refine`: a mail server is set together with the sender. */
export function hasMailSender({ DROPLOCK_SMTP_URL, DROPLOCK_MAIL_FROM }: MailConfig): boolean {
  return (DROPLOCK_SMTP_URL === undefined) === (DROPLOCK_MAIL_FROM === undefined)
}

export const noMailSender = {
  path: ['DROPLOCK_MAIL_FROM'],
  message: 'is set together with DROPLOCK_SMTP_URL',
}
