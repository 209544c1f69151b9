import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { RegistrationRequest } from '../../api.ts'

/** What became of a change at the registry. */
export function RequestState({ request }: { request: RegistrationRequest | undefined }) {
  const t = useTranslations('orders.requests')
  if (request === undefined) return null
  const { state, failure_reason, answer_message } = request
  return (
    <Text size="sm" role="status" c={state === 'failed' ? 'red.9' : 'dimmed'}>
      {isOpen(request)
        ? t('open')
        : state === 'succeeded'
          ? t('done')
          : t(`failed.${failure_reason ?? 'refused'}`)}
      {answer_message === undefined ? null : ` ${t('said', { message: answer_message })}`}
    </Text>
  )
}

export function isOpen(request: RegistrationRequest | undefined): boolean {
  return request?.state === 'queued' || request?.state === 'processing'
}
