import { HOLD_MS } from '@droplock/rules/backorders'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { Anchor, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useHref } from '../viewing.tsx'

/** The notices, and in each what it says, in order. */
const notices = {
  fees: { points: ['final', 'each', 'locked', 'failed', 'renewal'] },
  procedure: { steps: ['choose', 'order', 'pay', 'wait', 'drop', 'result'] },
  times: { points: ['published', 'cutoff', 'window', 'moved', 'again'] },
  settlement: { points: ['what', 'why'] },
  failures: { list: ['lost', 'missed', 'withdrawn', 'premium', 'refused'] },
  cancellation: { points: ['paid', 'unpaid'] },
  refunds: { points: ['whole', 'origin', 'owed', 'days', 'failed', 'late'] },
  invoices: { points: ['request', 'profile', 'credit', 'where'] },
  premium: { points: ['none', 'later', 'notified'] },
  terms: { points: ['accept', 'changed'] },
} as const

type Notice = keyof typeof notices

const topics = Object.keys(notices) as readonly Notice[]

/** Where one does what a notice is about. */
const places = {
  names: '/names',
  watches: '/account/watches',
  contacts: '/account/contacts',
  balance: '/account/balance',
  orders: '/orders',
  invoices: '/account/invoices',
  statement: '/account/statement',
} as const

const MINUTE_MS = 60_000

/** The service's own notices, all on one page. */
export function HelpPage() {
  const t = useTranslations('help')
  // From another page of ours the browser does not go to the part by itself.
  useEffect(() => {
    const { hash } = window.location
    if (/^#\w+$/.test(hash)) document.querySelector(hash)?.scrollIntoView()
  }, [])
  return (
    <>
      <Title order={1}>{t('title')}</Title>
      <div className="help">
        <nav aria-labelledby="contents" className="help-contents">
          <Text id="contents" size="sm" fw={600}>
            {t('contents')}
          </Text>
          <ul>
            {topics.map((topic) => (
              <li key={topic}>
                <a href={`#${topic}`}>{t(`${topic}.title`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="help-notices">
          {topics.map((topic) => (
            <section key={topic} id={topic} aria-labelledby={`${topic}-title`}>
              <Title order={2} size="h3" id={`${topic}-title`}>
                {t(`${topic}.title`)}
              </Title>
              <NoticeText topic={topic} />
            </section>
          ))}
        </div>
      </div>
    </>
  )
}

function NoticeText({ topic }: { topic: Notice }) {
  const say = useSay(topic)
  const notice = notices[topic]
  if ('points' in notice) return notice.points.map((point) => <p key={point}>{say(point)}</p>)
  if ('steps' in notice)
    return (
      <ol>
        {notice.steps.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
    )
  return (
    <>
      <p>{say('intro')}</p>
      <ul>
        {notice.list.map((point) => (
          <li key={point}>{say(point)}</li>
        ))}
      </ul>
      <p>{say('evidence')}</p>
    </>
  )
}

/** A text of a notice, with its links and figures. */
function useSay(topic: Notice): (point: string) => ReactNode {
  const t = useTranslations('help')
  const format = useFormatter()
  const href = useHref()
  const links = Object.fromEntries(
    Object.entries(places).map(([name, path]) => [
      name,
      (chunks: ReactNode) => (
        <Anchor key={name} component={Link} href={href(path)} inherit>
          {chunks}
        </Anchor>
      ),
    ]),
  )
  const figures = {
    minutes: HOLD_MS / MINUTE_MS,
    version: format.dateTime(new Date(TERMS_VERSION), { dateStyle: 'long', timeZone: 'UTC' }),
  }
  return (point) => t.rich(`${topic}.${point}` as never, { ...links, ...figures } as never)
}
