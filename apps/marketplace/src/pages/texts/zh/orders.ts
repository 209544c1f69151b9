export const orders = {
  orders: {
    title: '我的预订域名',
  },
} as const
