export const members = {
  signIn: {
    required: 'Sign in to see this page.',
    signIn: 'Sign in',
    signUp: 'Sign up',
  },
} as const
