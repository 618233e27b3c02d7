import { resolveReferences } from '../../../src/sync/push/resolveReferences';
import { field, lead } from '../entities';
import { MemoryCrm } from '../memoryCrm';

const owner = lead.fields.find(({ name }) => name === 'OwnerId')!;
const recordTypeField = field('RecordTypeId', 'reference', { namedBy: 'recordType', referenceTo: ['RecordType'] });
const campaign = field('CampaignId__c', 'reference', { referenceTo: ['Campaign'] });

it('looks up a name that is as long as an id, and no id', async () => {
	const crm = new MemoryCrm();
	crm.owners.set('MarketingTeamEU', [{ id: '00G000000000001AAA', name: 'MarketingTeamEU', kind: 'queue' }]);
	const description = { ...lead, recordTypes: [{ id: '012000000000001AAA', name: 'PartnerLeadType', developerName: 'PartnerLeadType', available: true }] };
	const items = ['MarketingTeamEU', '005000000000001'].map((OwnerId, index) => ({ index, values: { OwnerId } }));
	const named = await resolveReferences(crm, description, items);
	expect(named(owner, 'MarketingTeamEU')).toEqual({ ok: true, value: '00G000000000001AAA' });
	expect(named(owner, '005000000000001')).toEqual({ ok: true, value: '005000000000001AAA' });
	expect(named(owner, '003000000000001')).toMatchObject({ ok: false });
	expect(named(recordTypeField, 'PartnerLeadType')).toEqual({ ok: true, value: '012000000000001AAA' });
	expect(named(recordTypeField, '012000000000001')).toEqual({ ok: true, value: '012000000000001AAA' });
	expect(named(campaign, 'SummerCampaign1')).toEqual({ ok: true, value: 'SummerCampaign1AAA' });
});

it('asks nothing where every owner is given by id', async () => {
	const crm = new MemoryCrm();
	await resolveReferences(crm, lead, [{ index: 0, values: { OwnerId: '005000000000001' } }]);
	expect(crm.count('owners')).toBe(0);
});
