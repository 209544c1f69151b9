export const site = {
  brand: 'Droplock',
  nav: {
    names: '域名预订',
    orders: '我预订的域名',
    account: '账户',
    help: '帮助',
    signIn: '登录',
    signUp: '注册',
    signOut: '退出登录',
    skip: '跳到正文',
    language: '语言',
    currency: '币种',
    menu: '菜单',
  },
  problems: {
    title: '操作未成功',
    unreachable: '目前无法连接服务。没有任何内容丢失，请稍后再试。',
    again: '重试',
    code: '代码：{code}',
  },
  time: { days: '{days} 天 {hours} 小时', hours: '{hours} 小时 {minutes} 分' },
  notFound: {
    title: '页面不存在',
    text: '地址可能有误，或页面已移动。',
    back: '返回域名列表',
  },
  noScript: '预订需要启用 JavaScript。域名和价格无需启用即可查看。',
} as const
