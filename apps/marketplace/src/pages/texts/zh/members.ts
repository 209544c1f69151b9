export const members = {
  signIn: {
    required: '请先登录以查看此页面。',
    signIn: '登录',
    signUp: '注册',
  },
} as const
