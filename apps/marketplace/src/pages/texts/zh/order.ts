export const order = {
  order: {
    title: '预订',
  },
} as const
