import { alarmWords, mayCloseAlarm } from '@droplock/rules/alarms'
import { Button } from '@mui/material'
import { useState } from 'react'
import type { Alarm } from '../api/types.ts'
import { useAction, useMe } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

/** For those who may close it, by the table that the server decides with. */
export function CloseAlarmButton({ alarm }: { alarm: Alarm }) {
  const me = useMe()
  const [isAsking, setIsAsking] = useState(false)
  const stop = () => setIsAsking(false)
  const close = useAction({
    send: (api, note: string) => api.post<Alarm>(`alarms/${alarm.id}/close`, { note }),
    done: () => 'Alarm closed.',
    onDone: stop,
  })
  if (me === undefined || !mayCloseAlarm(alarm.closed_at === undefined, me.roles)) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setIsAsking(true)}>
        Close
      </Button>
      {isAsking ? (
        <ReasonDialog
          title={`Close: ${alarmWords[alarm.kind].what.toLowerCase()}`}
          label="How it was dealt with"
          action="Close alarm"
          isSending={close.isPending}
          error={close.error}
          onConfirm={(note) => close.mutate(note)}
          onClose={stop}
        >
          {alarmWords[alarm.kind].next} While the cause remains, the alarm is raised again.
        </ReasonDialog>
      ) : null}
    </>
  )
}
