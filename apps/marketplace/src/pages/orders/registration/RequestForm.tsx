import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Problem } from '../../parts/Problem.tsx'

type RequestFormProps = {
  /** Requests the change of the registry. */
  readonly send: () => Promise<unknown>
  readonly onDone: () => void
  /** Whether it can be sent; what is wrong is then said at the field. */
  readonly check?: () => boolean
  /** On the buttons. */
  readonly labels: { readonly save: string; readonly cancel: string }
  readonly children: ReactNode
}

/** A change of a registration: it is a request, which waits for the registry. */
export function RequestForm({ send, onDone, check, labels, children }: RequestFormProps) {
  const queries = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['registration-requests'] })
      onDone()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (check === undefined || check()) mutate()
      }}
    >
      <Stack gap="sm" mt="sm">
        {children}
        {error === null ? null : <Problem error={error} />}
        <Group gap="sm">
          <Button type="submit" loading={isPending}>
            {labels.save}
          </Button>
          <Button variant="default" onClick={onDone}>
            {labels.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
