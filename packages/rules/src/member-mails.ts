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
  return {
    subject,
    text: [hello(name), '', why(about), '', url, '', after, '', '-- ', 'Droplock', ''].join('\n'),
  }
}

const helloEnglish = (name: string) => (name === '' ? 'Hello,' : `Hello ${name},`)
const helloChinese = (name: string) => (name === '' ? '您好：' : `${name}，您好：`)

const texts: Readonly<Record<Language, Readonly<Record<LinkMailKind, Text>>>> = {
  en: {
    confirm_address: {
      subject: 'Confirm your e-mail address',
      hello: helloEnglish,
      why: () => 'Confirm here that this address is yours. The link is valid for a day:',
      after: 'If you did not ask for this, ignore this e-mail: without the link nobody can use your address.',
    },
    confirm_change: {
      subject: 'Confirm the change of your e-mail address',
      hello: helloEnglish,
      why: (address) =>
        `Someone who is signed in to your account wants to change your e-mail address to ${address}. Confirm it here:`,
      after: 'If it was not you, do not open the link, and change your password.',
    },
    reset_password: {
      subject: 'Choose a new password',
      hello: helloEnglish,
      why: () => 'Choose a new password here. The link is valid for an hour and works once:',
      after: 'If you did not ask for this, ignore this e-mail: your password stays as it is.',
    },
    password_changed: {
      subject: 'Your password was changed',
      hello: helloEnglish,
      why: () =>
        'The password of your account was changed just now, and you were signed out everywhere else. If it was not you, choose another one at once:',
      after: 'If it was you, there is nothing to do.',
    },
    known_address: {
      subject: 'You already have an account',
      hello: helloEnglish,
      why: () => 'Someone tried to sign up with your address, but you already have an account. Sign in here:',
      after:
        'If you do not remember your password, you can choose a new one on that page. If it was not you, there is nothing you need to do.',
    },
    invitation: {
      subject: 'You are invited to an account at Droplock',
      hello: helloEnglish,
      why: (person) =>
        `${person} invites you to their account. Sign up with this address to join it. The invitation is valid for a week:`,
      after:
        'The people of that account see what you order there. If you did not expect the invitation, ignore this e-mail.',
    },
    invitation_elsewhere: {
      subject: 'You are invited to an account at Droplock',
      hello: helloEnglish,
      why: (person) =>
        `${person} invites you to their account. You already belong to another account, and a person can belong to only one: leave or close yours first, then open this link within a week. Or ask for an invitation to another address of yours:`,
      after: 'If you did not expect the invitation, ignore this e-mail: nothing has changed.',
    },
  },
  zh: {
    confirm_address: {
      subject: '请确认您的邮箱地址',
      hello: helloChinese,
      why: () => '请在此确认该邮箱属于您。链接一天内有效：',
      after: '如果不是您本人操作，请忽略此邮件；没有该链接，任何人都无法使用您的邮箱。',
    },
    confirm_change: {
      subject: '请确认更改邮箱地址',
      hello: helloChinese,
      why: (address) => `有人在登录您的账户后申请将邮箱地址改为 ${address}。请在此确认：`,
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
      after: '如果忘记密码，可以在该页面设置新密码。如果不是您本人操作，则无需处理。',
    },
    invitation: {
      subject: '邀请您加入 Droplock 账户',
      hello: helloChinese,
      why: (person) => `${person} 邀请您加入其账户。请用此邮箱地址注册以加入，邀请一周内有效：`,
      after: '该账户的成员可以看到您在其中的订单。如果您不知道此事，请忽略此邮件。',
    },
    invitation_elsewhere: {
      subject: '邀请您加入 Droplock 账户',
      hello: helloChinese,
      why: (person) =>
        `${person} 邀请您加入其账户。您已属于另一个账户，而每人只能属于一个账户：请先退出或注销现有账户，再于一周内打开此链接；或请对方邀请您的其他邮箱：`,
      after: '如果您不知道此事，请忽略此邮件，没有任何变化。',
    },
  },
}
