import { SalesforceError } from '../http/SalesforceError';
import { ok, type ApiRequest, type ApiResource } from './ApiResource';

const untouched: Record<string, number> = {
	ActiveScratchOrgs: 40, AnalyticsExternalDataSizeMB: 40960, BOZosCalloutHourlyLimit: 20000, CdpAiInferenceApiMonthlyLimit: 500000000,
	ConcurrentAsyncGetReportInstances: 200, ConcurrentEinsteinDataInsightsStoryCreation: 5, ConcurrentSyncReportRuns: 20,
	DailyAnalyticsDataflowJobExecutions: 60, DailyAsyncApexExecutions: 250000, DailyAsyncApexTests: 500, DailyBulkApiBatches: 15000,
	DailyBulkV2QueryFileStorageMB: 976562, DailyBulkV2QueryJobs: 10000, DailyDeliveredPlatformEvents: 10000, DailyDurableGenericStreamingApiEvents: 10000,
	DailyDurableStreamingApiEvents: 10000, DailyFunctionsApiCallLimit: 235000, DailyGenericStreamingApiEvents: 10000, DailyScratchOrgs: 80,
	DailyStandardVolumePlatformEvents: 10000, DailyStreamingApiEvents: 10000, DailyWorkflowEmails: 1000, DurableStreamingApiConcurrentClients: 20,
	HourlyAsyncReportRuns: 1200, HourlyDashboardRefreshes: 200, HourlyDashboardResults: 5000, HourlyDashboardStatuses: 999999999, HourlyLongTermIdMapping: 100000,
	HourlyManagedContentPublicRequests: 50000, HourlyODataCallout: 20000, HourlyPublishedPlatformEvents: 50000, HourlyPublishedStandardVolumePlatformEvents: 1000,
	HourlyShortTermIdMapping: 100000, HourlySyncReportRuns: 500, HourlyTimeBasedWorkflow: 1000, MassEmail: 5000, MonthlyEinsteinDiscoveryStoryCreation: 500,
	Package2VersionCreates: 6, SingleEmail: 5000, StreamingApiConcurrentClients: 20,
};

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm */
export const limitResources: ApiResource[] = [{ method: 'GET', path: '/limits', kind: 'limits', handle: limits }];

function limits({ org, userId }: ApiRequest) {
	if (org.users.find(userId)?.permissions.viewSetup === false) {
		throw new SalesforceError(403, 'INSUFFICIENT_ACCESS', 'You do not have the View Setup and Configuration permission required to access this resource.');
	}
	const entries = Object.entries(untouched).map(([name, max]) => [name, { Max: max, Remaining: max }]);
	return ok({
		...Object.fromEntries(entries),
		DailyApiRequests: { Max: org.calls.limit, Remaining: Math.max(0, org.calls.limit - org.calls.used - 1) },
		DataStorageMB: { Max: 10240, Remaining: 10198 },
		FileStorageMB: { Max: 10240, Remaining: 10236 },
		PermissionSets: { Max: 1500, Remaining: 1480, CreateCustom: { Max: 1000, Remaining: 985 } },
	});
}
