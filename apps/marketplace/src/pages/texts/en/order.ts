export const order = {
  order: {
    title: 'Order',
  },
} as const
