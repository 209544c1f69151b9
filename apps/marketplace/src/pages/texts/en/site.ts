export const site = {
  brand: 'Droplock',
  nav: {
    names: 'Domain backorder',
    orders: 'My backordered domains',
    account: 'Account',
    help: 'Help',
    signIn: 'Sign in',
    signUp: 'Sign up',
    signOut: 'Sign out',
    skip: 'Skip to the content',
    language: 'Language',
    currency: 'Currency',
    menu: 'Menu',
  },
  problems: {
    title: 'That did not work',
    unreachable: 'The service cannot be reached at the moment. Nothing is lost; try again shortly.',
    again: 'Try again',
    code: 'Code: {code}',
  },
  time: { days: '{days} d {hours} h', hours: '{hours} h {minutes} min' },
  notFound: {
    title: 'There is no such page',
    text: 'The address may be mistyped, or the page was moved.',
    back: 'To the names',
  },
  noScript: 'Ordering needs JavaScript. Names and their prices can be read without it.',
} as const
