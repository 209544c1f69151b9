export const account = {
  account: {
    title: '账户',
    sections: {
      balance: '余额',
      statement: '对账单',
      invoices: '发票',
      contacts: '联系人',
      watches: '关注列表',
      people: '成员',
      mails: '邮件通知',
      keys: 'API 密钥',
      webhooks: 'Webhook',
      security: '登录与隐私',
    },
  },
} as const
