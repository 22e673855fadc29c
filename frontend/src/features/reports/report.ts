import type { GroupReportQuery } from './documents.generated'

/** What a group has spent, by category, month and member. */
export type Report = NonNullable<NonNullable<GroupReportQuery['group']>['report']>
