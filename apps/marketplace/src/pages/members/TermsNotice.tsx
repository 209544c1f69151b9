import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation, useMutationState } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Problem } from '../parts/Problem.tsx'
import { useHref } from '../viewing.tsx'

/** By which another page knows that they were accepted on it. */
const acceptance = ['acceptance of the terms']

/** Whether the terms were accepted since the page was loaded. */
export function useHasAccepted(): boolean {
  return useMutationState({ filters: { mutationKey: acceptance, status: 'success' } }).length > 0
}

/** Terms that a person has not accepted yet. */
export function TermsNotice() {
  const t = useTranslations('termsNotice')
  const href = useHref()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationKey: acceptance,
    // The page may ask for it until it is loaded again.
    gcTime: Number.POSITIVE_INFINITY,
    mutationFn: () => askOwn('POST', '/people/me/terms'),
  })
  if (isSuccess)
    return (
      <Alert variant="light" role="status">
        {t('accepted')}
      </Alert>
    )
  return (
    <Alert color="orange" title={t('title')}>
      <Text>{t('text')}</Text>
      <Group mt="sm" gap="md">
        <Button size="xs" loading={isPending} onClick={() => mutate()}>
          {t('accept')}
        </Button>
        <Anchor href={href('/help#terms')} target="_blank" rel="noopener">
          {t('read')}
        </Anchor>
      </Group>
      {error === null ? null : <Problem error={error} />}
    </Alert>
  )
}
