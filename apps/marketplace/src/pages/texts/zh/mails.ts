export const mails = {
  mails: {
    about: '我们会将您所选的内容发送至 {email}。账户的其他成员各自选择。时间相近的多件事会合并在一封邮件中。',
    kinds: {
      secured: { label: '预订成功', about: '订单已付款，域名由您独家预订。' },
      rescheduled: { label: '释放时间变更', about: '您预订的域名改在其他时间释放。' },
      premium: { label: '溢价提醒', about: '注册局对您预订的域名收取溢价。' },
      result: { label: '结果', about: '域名已为您注册成功，或未能注册。' },
      refund: { label: '退款', about: '款项已退还给您，或退款未能完成。' },
      invoice: { label: '发票', about: '已开具发票或贷项通知单。' },
      balance: { label: '余额不足', about: '余额低于您设定的限额。' },
      renewal: { label: '到期与续费', about: '域名即将到期、已到期、续费成功或未能续费。' },
      watch: { label: '关注列表', about: '关注的域名即将截止预订，或释放时间有变。' },
    },
    which: '接收哪些邮件',
    saved: '“{kind}”已{on, select, true {开启} other {关闭}}，设置已保存。',
    bounceTitle: '发往 {email} 的邮件被退回',
    bounce:
      '该地址的邮件服务器表示不接收邮件（<at></at>）。在您确认地址无误或更换地址之前，我们不再向其发送邮件。',
    bounceAnswer: '邮件服务器的答复：{answer}',
    tryAgain: '地址无误，重新发送',
    tryingAgain: '已恢复向 {email} 发送邮件。',
    changeAddress: '更换邮箱地址',
    off: {
      title: '关闭邮件通知',
      about: '确认后，您将不再收到以下内容的邮件：',
      confirm: '关闭',
      doneTitle: '已关闭',
      done: '您将不再收到此类邮件，可随时重新开启：',
      toChoices: '选择接收的邮件',
    },
  },
  notices: {
    title: '重要提醒',
    dismiss: '知道了',
    others: '另有 {count} 条提醒',
    more: '另有 {count} 个',
    suspendedTitle: '账户已暂停使用',
    suspended: '目前无法下单或更改设置，已付款的订单仍然有效。如需了解原因，请联系我们。',
    refundFailed: {
      title: '{count, plural, other {# 笔退款未能完成}}',
      text: '我们正在处理，款项不会丢失。',
    },
    expired: {
      title: '{count, plural, other {# 个域名已到期}}',
      text: '请尽快续费，否则域名将被删除。',
    },
    expiring: {
      title: '{count, plural, other {# 个域名即将到期}}',
      text: '如需保留，请在到期前续费。',
    },
    premium: {
      title: '{count, plural, other {您预订的 # 个域名被注册局列为溢价域名}}',
      text: '如释放时仍为溢价，预订将失败并全额退款，绝不会加收任何费用。',
    },
    rescheduled: {
      title: '{count, plural, other {您预订的 # 个域名释放时间有变}}',
      text: '您的预订不受影响，无需任何操作。',
    },
    lowBalance: {
      title: '余额不足：{balance}',
      text: '余额低于您设定的限额。请充值，以便支付预订和续费。',
      action: '充值',
    },
    webhookDisabled: {
      title: '{count, plural, other {# 个 Webhook 端点已停用}}',
      text: '重新启用之前，它不会收到任何事件。',
      action: 'Webhook',
    },
  },
  termsNotice: {
    title: '服务条款已更新',
    text: '请阅读并接受。您已下的订单不受影响。',
    accept: '接受条款',
    read: '阅读条款',
    accepted: '谢谢，您已接受条款。',
  },
} as const
