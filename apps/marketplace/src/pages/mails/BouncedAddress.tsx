import { Button, Group } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { Problem } from '../parts/Problem.tsx'
import { Standing } from '../parts/Standing.tsx'
import { TimeText } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref } from '../viewing.tsx'
import { tryAddressAgain } from './queries.ts'

type BouncedProps = {
  readonly email: string
  readonly at: string
  readonly answer?: string | null
  readonly onTriedAgain?: () => void
}

/** The reader's address is refused: why, and what to do. */
export function BouncedAddress({ email, at, answer = null, onTriedAgain }: BouncedProps) {
  const t = useTranslations('mails')
  const href = useHref()
  const again = useChange({
    change: tryAddressAgain,
    changes: ['mails', 'notices'],
    ...(onTriedAgain !== undefined && { onDone: onTriedAgain }),
  })
  return (
    <Standing
      title={t('bounceTitle', { email })}
      isUrgent
      text={t.rich('bounce', { at: () => <TimeText at={at} /> })}
      actions={
        <Group gap="xs">
          <Button size="compact-sm" loading={again.isPending} onClick={() => again.mutate()}>
            {t('tryAgain')}
          </Button>
          <Button size="compact-sm" variant="default" component={Link} href={href('/account/security')}>
            {t('changeAddress')}
          </Button>
        </Group>
      }
    >
      {answer === null ? null : <p className="standing-text name">{t('bounceAnswer', { answer })}</p>}
      {again.error === null ? null : <Problem error={again.error} />}
    </Standing>
  )
}
