import type { Language } from './members.ts'

/** The mails of sign-up and sign-in: each has a link or is a notice, and says what to do if it was not expected. */
type LinkMailKind =
  | 'confirm_address'
  | 'confirm_change'
  | 'reset_password'
  | 'password_changed'
  | 'known_address'
  | 'invitation'
  | 'invitation_elsewhere'

export type LinkMail = {
  readonly kind: LinkMailKind
  readonly language: Language
  /** The person's; empty where it is not known. */
  readonly name: string
  readonly url: string
  /** The new address, or the account that invites. */
  readonly about?: string
}

type Text = {
  readonly subject: string
  readonly hello: (name: string) => string
  readonly why: (about: string) => string
  readonly after: string
}

/** A mail with one link. Plain text. */
export function writeLinkMail({ kind, language, name, url, about = '' }: LinkMail) {
  const { subject, hello, why, after } = texts[language][kind]
  return { subject, text: [hello(name), '', why(about), '', url, '', after, ''].join('\n') }
}

const helloEnglish = (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`)
const helloChinese = (name: string) => (name === '' ? '您好：' : `${name}，您好：`)

const texts: Readonly<Record<Language, Readonly<Record<LinkMailKind, Text>>>> = {
  en: {
    confirm_address: {
      subject: 'Confirm your email address',
      hello: helloEnglish,
      why: () => 'Confirm this address to begin with Droplock. The link is valid for a day:',
      after: 'If you did not sign up, ignore this mail: without the link nobody can use your address.',
    },
    confirm_change: {
      subject: 'Confirm your new email address',
      hello: helloEnglish,
      why: (address) =>
        `Somebody who is signed in wants to change your address to ${address}. Confirm it here:`,
      after: 'If it was not you, do not open the link, and change your password.',
    },
    reset_password: {
      subject: 'Choose a new password',
      hello: helloEnglish,
      why: () => 'Choose a new password here. The link is valid for an hour and works once:',
      after: 'If you did not ask for it, ignore this mail: your password stays as it is.',
    },
    password_changed: {
      subject: 'Your password was changed',
      hello: helloEnglish,
      why: () =>
        'The password of your account was changed just now, and you were signed out everywhere else. If it was not you, choose another one at once:',
      after: 'If it was you, there is nothing to do.',
    },
    known_address: {
      subject: 'You have an account already',
      hello: helloEnglish,
      why: () => 'Somebody tried to sign up with your address, which has an account already. Sign in here:',
      after:
        'If you do not remember your password, you can choose a new one on that page. If it was not you, nothing has happened.',
    },
    invitation: {
      subject: 'You are invited to an account at Droplock',
      hello: helloEnglish,
      why: (person) =>
        `${person} invites you to their account. Sign up with this address to join it. The invitation is valid for a week:`,
      after:
        'Whoever owns that account sees what you order there. If you did not expect the invitation, ignore this mail.',
    },
    invitation_elsewhere: {
      subject: 'You are invited to an account at Droplock',
      hello: helloEnglish,
      why: (person) =>
        `${person} invites you to their account. You belong to another account, and a person belongs to one: leave or close yours first, then open this link within a week. Or ask for an invitation to another address:`,
      after: 'If you did not expect the invitation, ignore this mail: nothing has changed.',
    },
  },
  zh: {
    confirm_address: {
      subject: '请确认您的邮箱地址',
      hello: helloChinese,
      why: () => '请确认此邮箱地址，即可开始使用 Droplock。链接一天内有效：',
      after: '如果不是您本人注册，请忽略此邮件；没有该链接，任何人都无法使用您的邮箱。',
    },
    confirm_change: {
      subject: '请确认您的新邮箱地址',
      hello: helloChinese,
      why: (address) => `有人在登录后申请将您的邮箱地址改为 ${address}。请在此确认：`,
      after: '如果不是您本人操作，请不要打开链接，并尽快修改密码。',
    },
    reset_password: {
      subject: '设置新密码',
      hello: helloChinese,
      why: () => '请在此设置新密码。链接一小时内有效，只能使用一次：',
      after: '如果您没有提出申请，请忽略此邮件，您的密码不会改变。',
    },
    password_changed: {
      subject: '您的密码已更改',
      hello: helloChinese,
      why: () => '您账户的密码刚刚被更改，其他设备上的登录均已退出。如果不是您本人操作，请立即重新设置密码：',
      after: '如果是您本人操作，则无需处理。',
    },
    known_address: {
      subject: '您已经有账户',
      hello: helloChinese,
      why: () => '有人试图用您的邮箱地址注册，但该地址已有账户。请在此登录：',
      after: '如果忘记密码，可以在该页面设置新密码。如果不是您本人操作，则没有任何变化。',
    },
    invitation: {
      subject: '邀请您加入 Droplock 账户',
      hello: helloChinese,
      why: (person) => `${person} 邀请您加入其账户。请用此邮箱地址注册以加入，邀请一周内有效：`,
      after: '该账户的所有者可以看到您在其中的订单。如果您不知道此事，请忽略此邮件。',
    },
    invitation_elsewhere: {
      subject: '邀请您加入 Droplock 账户',
      hello: helloChinese,
      why: (person) =>
        `${person} 邀请您加入其账户。您已属于另一个账户，而每人只能属于一个账户：请先退出或关闭现有账户，再于一周内打开此链接；或请对方邀请您的其他邮箱：`,
      after: '如果您不知道此事，请忽略此邮件，没有任何变化。',
    },
  },
}
