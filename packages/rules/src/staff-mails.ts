type LinkMail = {
  readonly kind: 'invitation' | 'new_password'
  readonly name: string
  readonly url: string
  readonly expiresAt: Date
}

/** The mail with a link to choose a password. Plain text, times in UTC. */
export function writeLinkMail({ kind, name, url, expiresAt }: LinkMail) {
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const why =
    kind === 'invitation'
      ? 'You are invited to the Droplock console. Choose a password to begin:'
      : 'An administrator asks you to choose a new password for the Droplock console. The old one is no longer valid:'
  return {
    subject:
      kind === 'invitation'
        ? 'Your invitation to the Droplock console'
        : 'Choose a new password for the Droplock console',
    text: [
      `Hello ${name},`,
      '',
      why,
      '',
      url,
      '',
      `The link works once, until ${until}. Do not forward this mail: who has the link can choose your password.`,
      'If you did not expect it, ask an administrator of your company.',
      '',
    ].join('\n'),
  }
}
