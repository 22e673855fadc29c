import { act, screen } from '@testing-library/react'
import { Subject } from 'rxjs'
import { expect, it, vi } from 'vitest'
import type { ApolloLink } from '@apollo/client'
import { stage } from '../../test/answering'
import { NotificationsBell } from './NotificationsBell'
import { useUnreadLive } from './unread'
import { UnreadNotifications } from './unread.generated'

/** A bell in the frame of the app, which follows the number. */
function Bell() {
  useUnreadLive()
  return <NotificationsBell />
}

/** A bell whose question and whose stream are answered by the test. */
function ring() {
  const asked = new Subject<ApolloLink.Result>()
  const stream = new Subject<ApolloLink.Result>()
  const { client } = stage(<Bell />, {
    answers: { UnreadNotifications: () => asked, UnreadNotificationsChanged: () => stream },
  })
  return {
    client,
    answer: (unreadNotifications: number) => {
      act(() => {
        asked.next({ data: { unreadNotifications } })
        asked.complete()
      })
    },
    push: (unreadNotificationsChanged: number) => {
      act(() => {
        stream.next({ data: { unreadNotificationsChanged } })
      })
    },
  }
}

const shown = (number: number) =>
  screen.findByRole('link', {
    name: number ? `Notifications, ${number} not read yet` : 'Notifications',
  })

it('counts what is pushed', async () => {
  const { answer, push } = ring()
  await shown(0)
  answer(1)
  await shown(1)
  push(2)
  await shown(2)
  push(0)
  await shown(0)
})

it('keeps what is pushed when an older answer comes later', async () => {
  const { answer, push, client } = ring()
  await shown(0)
  push(2)
  await shown(2)
  answer(1)
  await vi.waitFor(() => {
    expect(client.readQuery({ query: UnreadNotifications })).toEqual({ unreadNotifications: 1 })
  })
  await shown(2)
})
