import type { FailureReason } from '../machines/backorder.ts'
import type { RefundDestination } from '../machines/refund.ts'
import type { RenewalFailure } from '../machines/renewal.ts'
import type { MailTexts } from './texts.ts'

const failures: Readonly<Record<FailureReason, string>> = {
  lost: '已被他人抢先注册',
  missed: '注册局未在预定时段内删除该域名',
  premium: '注册局现按溢价域名收费，溢价域名不支持预订',
  withdrawn: '该域名在删除前已被续费、赎回或撤回',
  refused: '注册局不允许注册该域名',
}

const renewalFailures: Readonly<Record<RenewalFailure, string>> = {
  refused: '注册局拒绝了续费',
  not_held: '该域名已不再由我们管理',
  expiry_moved: '到期时间已发生变化',
  unavailable: '未能及时连接注册局',
}

const destinations: Readonly<Record<RefundDestination, string>> = {
  balance: '您的账户余额',
  original_payment: '原支付方式',
}

const paidFor = (name: string) => (name === '' ? '' : `${name} 的款项：`)
const joined = (...sentences: readonly string[]) => sentences.filter((sentence) => sentence !== '').join('')

export const chinese: MailTexts = {
  hello: (name) => `${name}，您好：`,
  more: (more) => `另有 ${more} 条，完整列表请见：`,
  together: (headings) => headings.join('，'),
  footer: (choices, unsubscribe) => [
    '-- ',
    'Droplock',
    `选择接收哪些邮件：${choices}`,
    `不再接收此类邮件：${unsubscribe}`,
  ],
  topics: {
    'backorder.successful': {
      subject: ({ name }) => `${name} 已为您注册成功`,
      heading: (total) => `注册成功 ${total} 个域名`,
      line: ({ name, time }, { settled_at: settledAt, expires_at: expiresAt }) =>
        joined(
          `${name} 已为您注册成功。`,
          settledAt === undefined ? '' : `WHOIS 中的创建时间为 ${time(settledAt)}。`,
          expiresAt === undefined ? '' : `有效期至 ${time(expiresAt)}，请在此之前续费。`,
        ),
    },
    'backorder.failed': {
      subject: ({ name }) => `${name} 未能注册`,
      heading: (total) => `未能注册的域名 ${total} 个`,
      line: ({ name, money }, { failure_reason: reason, refund }) =>
        joined(
          `${name} 未能注册${reason === undefined ? '' : `：${failures[reason]}`}。`,
          refund === undefined
            ? '已付款项将退还给您。'
            : `${money(refund.amount)} ${refund.state === 'succeeded' ? '已退回' : '正在退回'}${destinations[refund.destination]}。`,
        ),
    },
    'backorder.secured': {
      subject: ({ name }) => `${name} 预订成功`,
      heading: (total) => `预订成功 ${total} 个域名`,
      line: ({ name, money, time }, { price, drop_from: from, drop_to: to }) =>
        `${name} 已付款（${money(price)}），由您独家预订。预计删除时间为 ${time(from)} 至 ${time(to)}。付款后不可取消；如未能为您注册，将全额退款。`,
    },
    'backorder.contact_refused': {
      subject: ({ name }) => `注册局拒绝了 ${name} 的联系人`,
      heading: (total) => `联系人被拒绝的域名 ${total} 个`,
      line: ({ name }, { refused_contact: contact }) =>
        joined(
          `注册局拒绝了您为 ${name} 选择的联系人${contact?.answer_message === undefined ? '' : `（“${contact.answer_message}”）`}。`,
          '请在域名删除前更正，否则域名无法为您注册。',
        ),
    },
    'backorder.rescheduled': {
      subject: ({ name }) => `${name} 的删除时间有变`,
      heading: (total) => `删除时间有变的域名 ${total} 个`,
      line: ({ name, time }, { drop_from: from, drop_to: to }) =>
        `${name} 的删除时间已调整为 ${time(from)} 至 ${time(to)}。您的预订不受影响，无需任何操作。`,
    },
    'backorder.premium_flagged': {
      subject: ({ name }) => `注册局将 ${name} 列为溢价域名`,
      heading: (total) => `溢价域名 ${total} 个`,
      line: ({ name }) =>
        `注册局目前对 ${name} 收取溢价。您的预订暂时保留；如删除时仍为溢价，预订将失败并全额退款，绝不会加收任何费用。`,
    },
    'refund.succeeded': {
      subject: ({ amount }) => `退款 ${amount}`,
      heading: (total) => `退款 ${total} 笔`,
      line: ({ name, amount }, { destination }) =>
        `${paidFor(name)}${amount} 已退回${destinations[destination]}${destination === 'balance' ? '。' : '。退至余额即时到账，退至银行卡通常需要几天。'}`,
    },
    'refund.failed': {
      subject: ({ amount }) => `退款 ${amount} 未能完成`,
      heading: (total) => `退款未完成 ${total} 笔`,
      line: ({ name, amount }) =>
        `${paidFor(name)}退款 ${amount} 未能完成。我们正在处理，如需您协助会与您联系。款项不会丢失。`,
    },
    'registration.expiring': {
      subject: ({ name }, { expires_at: at }) => `${name} 将于 ${at.slice(0, 10)} 到期`,
      heading: (total) => `即将到期的域名 ${total} 个`,
      line: ({ name, time }, { expires_at: at }) => `${name} 将于 ${time(at)} 到期，如需保留请在此之前续费。`,
    },
    'registration.expired': {
      subject: ({ name }) => `${name} 已到期`,
      heading: (total) => `已到期的域名 ${total} 个`,
      line: ({ name, time }, { renewable_until: until }) =>
        joined(`${name} 已到期。`, until === undefined ? '' : `${time(until)} 之前仍可续费，逾期将被删除。`),
    },
    'renewal.successful': {
      subject: ({ name }) => `${name} 续费成功`,
      heading: (total) => `续费成功 ${total} 个域名`,
      line: ({ name, time }, { new_expires_at: at }) =>
        `${name} 续费成功${at === undefined ? '' : `，有效期至 ${time(at)}`}。`,
    },
    'renewal.failed': {
      subject: ({ name }) => `${name} 未能续费`,
      heading: (total) => `未能续费的域名 ${total} 个`,
      line: ({ name }, { failure_reason: reason }) =>
        `${name} 未能续费${reason === undefined ? '' : `：${renewalFailures[reason]}`}。已付款项将退还给您。请在到期前重试。`,
    },
    'balance.low': {
      subject: ({ money }, { balance }) => `余额不足：${money(balance)}`,
      heading: () => '余额不足',
      line: ({ money }, { balance, low_balance: threshold }) =>
        `您的余额为 ${money(balance)}${threshold === undefined ? '' : `，低于您设定的 ${money(threshold)}`}。请充值，以便支付预订和续费：`,
    },
    'invoice.issued': {
      subject: (_, { number }) => `发票 ${number}`,
      heading: (total) => `发票 ${total} 张`,
      line: ({ name, money }, { number, gross }) =>
        `发票 ${number}，金额 ${money(gross)}，域名 ${name}。PDF 下载（需登录）：`,
    },
    'credit_note.issued': {
      subject: (_, { number }) => `红字发票 ${number}`,
      heading: (total) => `红字发票 ${total} 张`,
      line: ({ name, money }, { number, gross }) =>
        `红字发票 ${number}，金额 ${money(gross)}，域名 ${name}。PDF 下载（需登录）：`,
    },
    'watch.cutoff_near': {
      subject: ({ name }) => `${name} 即将截止预订`,
      heading: (total) => `即将截止预订的域名 ${total} 个`,
      line: ({ name, time }, { cutoff_at: at }) => `您关注的 ${name} 可预订至 ${time(at)}，目前尚无人预订。`,
    },
    'watch.rescheduled': {
      subject: ({ name }) => `${name} 的删除时间有变`,
      heading: (total) => `删除时间有变的关注域名 ${total} 个`,
      line: ({ name, time }, { cutoff_at: at, drop_from: from, drop_to: to }) =>
        `您关注的 ${name} 删除时间已调整为 ${time(from)} 至 ${time(to)}，可预订至 ${time(at)}。`,
    },
  },
}
