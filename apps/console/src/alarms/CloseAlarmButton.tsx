import { alarmWords, mayCloseAlarm } from '@droplock/rules/alarms'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Alarm } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'

/** Shown to those who may close the alarm, by the table that the server decides with. */
export function CloseAlarmButton({ alarm }: { alarm: Alarm }) {
  const me = useMe()
  const [isAsking, setIsAsking] = useState(false)
  const stop = () => setIsAsking(false)
  const close = useAction({
    send: (api, { reason }: Reasoned) => api.post<Alarm>(`alarms/${alarm.id}/close`, { note: reason }),
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
        <FormDialog<Reasoned>
          title={`Close alarm: ${alarmWords[alarm.kind].what.toLowerCase()}`}
          action="Close alarm"
          initial={{ reason: '' }}
          change={close}
          onClose={stop}
        >
          <Typography>
            {alarmWords[alarm.kind].next} While the cause remains, the alarm is raised again.
          </Typography>
          <ReasonInput label="Resolution" />
        </FormDialog>
      ) : null}
    </>
  )
}
