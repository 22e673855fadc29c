import { t } from '@lingui/core/macro'
import type { ActivityTopic } from '../../api/schema.generated'
import { SelectField } from '../../ui/Field'
import type { People } from '../groups'
import { TOPICS, type FeedChoice } from './useFeedFilter'

interface FeedFilterProps {
  choice: FeedChoice
  change: (choice: Partial<FeedChoice>) => void
  /** Members to choose from; none over several groups. */
  people?: People
}

/** Where a feed is narrowed; each choice counts at once. */
export function FeedFilter({ choice, change, people }: FeedFilterProps) {
  return (
    <section aria-label={t`Filters`} className="grid grid-cols-2 gap-3 sm:max-w-md">
      <SelectField
        label={t`What`}
        value={choice.topic ?? ''}
        onChange={({ target }) => {
          change({ topic: TOPICS.find((topic) => topic === target.value) })
        }}
      >
        <option value="">{t`Everything`}</option>
        {TOPICS.map((topic) => (
          <option key={topic} value={topic}>
            {topicLabel(topic)}
          </option>
        ))}
      </SelectField>
      {people && (
        <SelectField
          label={t`Who`}
          value={choice.member ?? ''}
          onChange={({ target }) => {
            change({ member: target.value })
          }}
        >
          <option value="">{t`Anybody`}</option>
          {people.everyone.map(({ id }) => (
            <option key={id} value={id}>
              {people.label(id)}
            </option>
          ))}
        </SelectField>
      )}
    </section>
  )
}

function topicLabel(topic: ActivityTopic): string {
  switch (topic) {
    case 'EXPENSES':
      return t`Expenses`
    case 'COMMENTS':
      return t`Comments`
    case 'PAYMENTS':
      return t`Payments`
    case 'MEMBERS':
      return t`People and the group`
  }
}
