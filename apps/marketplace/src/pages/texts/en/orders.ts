export const orders = {
  orders: {
    title: 'My backordered domains',
  },
} as const
