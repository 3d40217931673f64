#include "config.h"

#include "host/host.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static void index_entries(const struct doc *doc, unsigned kind, uint32_t **items, size_t *count,
			  size_t *cap)
{
	size_t i;

	*count = 0;
	for (i = 0; doc != NULL && i < doc->nentries; i++)
		if (doc->entries[i].kind == kind)
			VEC_PUSH(*items, *count, *cap, (uint32_t)i);
}

/* Which certificates the file trusts. */
static void mark_trust(struct host *host)
{
	const struct ike_item *g = &host->globals;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < host->certs.ncerts; i++)
		host->certs.certs[i].root = host->certs.certs[i].trust = false;
	for (i = 0; i < g->nstmts; i++) {
		const struct ike_stmt *s = &g->stmts[i];
		size_t cert;

		if ((s->word != IKE_CERT_ROOT && s->word != IKE_CERT_TRUST) || !s->good)
			continue;
		strbuf_clear(&text);
		ike_unquote(g->doc, s, &text);
		cert = host_certs_select(&host->certs, text.buf, text.len, NULL);
		if (cert != 0 && s->word == IKE_CERT_ROOT)
			host->certs.certs[cert - 1].root = true;
		else if (cert != 0)
			host->certs.certs[cert - 1].trust = true;
	}
	strbuf_release(&text);
}

static void join_config(struct host *host)
{
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);

	index_entries(doc, IKE_ENTRY_RULE, &host->rules, &host->nrules, &host->rules_cap);
	ike_item_release(&host->globals);
	if (doc != NULL)
		ike_read_globals(doc, &host->globals, NULL);
	mark_trust(host);
}

static void join_preshared(struct host *host)
{
	index_entries(host_doc(host, LOCATION_PRESHARED), PRESHARED_ENTRY_KEY, &host->keys,
		      &host->nkeys, &host->keys_cap);
	pairs_release(&host->pairs);
	host->pairs_built = false;
}

static void join_policies(struct host *host)
{
	index_entries(host_doc(host, LOCATION_IPSECINIT), POLICY_ENTRY_POLICY, &host->policies,
		      &host->npolicies, &host->policies_cap);
}

static void join_commands(struct host *host)
{
	index_entries(host_doc(host, LOCATION_IPSECKEYS), MANUAL_ENTRY_COMMAND, &host->commands,
		      &host->ncommands, &host->commands_cap);
}

static void join_all(struct host *host)
{
	join_config(host);
	join_preshared(host);
	join_policies(host);
	join_commands(host);
}

static void read_file(struct host *host, enum location location)
{
	const struct location_info *where = &locations[location];
	struct host_file *file = &host->files[location];
	struct blob blob;

	file_read(host->root, where->path, where->secret, &blob, &file->info);
	if (file->info.state == FILE_READ)
		file->doc = doc_new(where->format, blob);
}

static bool has_location(const char *path)
{
	int i;

	for (i = 0; i < LOCATION_COUNT; i++)
		if (strcmp(locations[i].path, path) == 0)
			return true;
	return false;
}

/* What else lies among the secrets: copies, mostly. */
static void look_among_secrets(struct host *host)
{
	const char *folder = locations[LOCATION_SECRET].path;
	struct file_names names;
	struct file_info info;
	size_t i;

	file_list(host->root, folder, &names, &info);
	for (i = 0; i < names.count; i++) {
		struct strbuf path = STRBUF_INIT;

		strbuf_addf(&path, "%s/%s", folder, names.items[i]);
		if (!has_location(path.buf)) {
			file_look(host->root, path.buf, &info);
			if (info.state == FILE_READ && (info.mode & 077) != 0 &&
			    host->nloose++ == 0) {
				host->loose_name = xstrdup(names.items[i]);
				host->loose_mode = info.mode;
			}
		}
		strbuf_release(&path);
	}
	file_names_free(&names);
}

struct host *host_open(const char *root, enum dialect dialect)
{
	struct host *host = xcalloc(1, sizeof *host);
	size_t len = strlen(root);
	int i;

	while (len > 1 && root[len - 1] == '/')
		len--;
	host->root = xstrndup(root, len);
	host->dialect = dialect;
	host->save = state_of_save(host->root);
	for (i = 0; i < LOCATION_FILES; i++)
		read_file(host, (enum location)i);
	for (; i < LOCATION_COUNT; i++)
		file_look(host->root, locations[i].path, &host->folders[i]);
	look_among_secrets(host);
	host_certs_read(&host->certs, host->root, host->folders);
	join_all(host);
	return host;
}

struct host *host_open_single(enum location location, const char *path, struct blob blob,
			      enum dialect dialect)
{
	struct host *host = xcalloc(1, sizeof *host);

	host->root = xstrdup("/");
	host->dialect = dialect;
	host->single = true;
	host->single_path = xstrdup(path);
	host->files[location].info.state = FILE_READ;
	host->files[location].doc = doc_new(locations[location].format, blob);
	join_all(host);
	return host;
}

void host_free(struct host *host)
{
	int i;

	if (host == NULL)
		return;
	for (i = 0; i < LOCATION_FILES; i++)
		doc_free(host->files[i].doc);
	host_certs_release(&host->certs);
	pairs_release(&host->pairs);
	ike_item_release(&host->globals);
	free(host->rules);
	free(host->keys);
	free(host->policies);
	free(host->commands);
	free(host->single_path);
	free(host->loose_name);
	free(host->root);
	host_forget_history(host);
	free(host);
}

struct doc *host_replace(struct host *host, enum location location, struct doc *doc)
{
	struct doc *old = host->files[location].doc;

	host->files[location].doc = doc;
	if (location == LOCATION_IKE_CONFIG)
		join_config(host);
	else if (location == LOCATION_PRESHARED)
		join_preshared(host);
	else if (location == LOCATION_IPSECINIT)
		join_policies(host);
	else if (location == LOCATION_IPSECKEYS)
		join_commands(host);
	return old;
}

const char *host_path(const struct host *host, enum location location)
{
	return host->single ? host->single_path : locations[location].path;
}

uint32_t host_slot_number(const struct host *host, enum location folder, size_t slot)
{
	const struct host_certs *certs = &host->certs;
	size_t base = LOCATION_COUNT;

	if (folder == LOCATION_PRIVATEKEYS)
		base += certs->ncerts;
	else if (folder == LOCATION_CRLS)
		base += certs->ncerts + certs->nkeys;
	return (uint32_t)(base + slot);
}

/* The file of a certificate, private key or revocation list. */
static struct host_slot *find_slot(const struct host *host, uint32_t number)
{
	const struct host_certs *certs = &host->certs;
	size_t n = number - LOCATION_COUNT;

	if (n < certs->ncerts)
		return &certs->certs[n].slot;
	n -= certs->ncerts;
	if (n < certs->nkeys)
		return &certs->keys[n].slot;
	return &certs->crls[n - certs->nkeys].slot;
}

const char *host_name(const struct host *host, uint32_t number)
{
	if (number < LOCATION_FILES)
		return host_path(host, (enum location)number);
	if (number < LOCATION_COUNT)
		return locations[number].path;
	return find_slot(host, number)->path;
}

enum location host_location(const struct host *host, uint32_t number)
{
	if (number < LOCATION_COUNT)
		return (enum location)number;
	if (number < host_slot_number(host, LOCATION_PRIVATEKEYS, 0))
		return LOCATION_PUBLICKEYS;
	return number < host_slot_number(host, LOCATION_CRLS, 0) ? LOCATION_PRIVATEKEYS
								 : LOCATION_CRLS;
}

struct file_info *host_info(struct host *host, uint32_t number)
{
	if (number < LOCATION_FILES)
		return &host->files[number].info;
	if (number < LOCATION_COUNT)
		return &host->folders[number];
	return &find_slot(host, number)->info;
}

const char *host_relative(const struct host *host, const char *path)
{
	return host->single ? path : path + strspn(path, "/");
}

struct pairs *host_pairs(struct host *host)
{
	if (!host->pairs_built && host_doc(host, LOCATION_PRESHARED) != NULL) {
		pairs_build(&host->pairs, host_doc(host, LOCATION_PRESHARED), host->keys,
			    host->nkeys);
		host->pairs_built = true;
	}
	return &host->pairs;
}

const struct history *host_history(struct host *host)
{
	if (host->history == NULL)
		host->history =
			host->single ? xcalloc(1, sizeof *host->history) : history_read(host->root);
	return host->history;
}

void host_forget_history(struct host *host)
{
	history_free(host->history);
	host->history = NULL;
}

static size_t find_entry(const uint32_t *items, size_t count, uint32_t entry)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (items[mid] < entry)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && items[low] == entry ? low : count;
}

size_t host_rule_of_entry(const struct host *host, uint32_t entry)
{
	return find_entry(host->rules, host->nrules, entry);
}

size_t host_key_of_entry(const struct host *host, uint32_t entry)
{
	return find_entry(host->keys, host->nkeys, entry);
}

size_t host_policy_of_entry(const struct host *host, uint32_t entry)
{
	return find_entry(host->policies, host->npolicies, entry);
}

size_t host_command_of_entry(const struct host *host, uint32_t entry)
{
	return find_entry(host->commands, host->ncommands, entry);
}

bool *host_used_labels(const struct host *host)
{
	const struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	bool *used = xcalloc(host->nrules + 1, sizeof *used);
	uint32_t number;
	size_t i;

	for (i = 0; i < host->nrules; i++) {
		ike_read_rule(doc, host->rules[i], &item, NULL);
		if (ike_index_label(&item, &number) && number <= host->nrules)
			used[number] = true;
	}
	ike_item_release(&item);
	return used;
}

uint32_t host_unused_label(const struct host *host)
{
	bool *used = host_used_labels(host);
	uint32_t number = 1;

	while (number <= host->nrules && used[number])
		number++;
	free(used);
	return number;
}

/* Whether an entry holds a label statement with these bytes, in quotes or without. Plain labels are
 * nearly everything; only one with an escape in it has to be read to be known. */
static bool may_have_label(const struct doc *doc, uint32_t entry, const char *label, size_t len)
{
	const struct entry *e = &doc->entries[entry];
	uint32_t i;

	for (i = e->tok; i + 1 < e->end; i++) {
		const struct token *next = &doc->tokens[i + 1];
		bool quoted = next->kind == TOKEN_STRING;
		const char *text = doc_text(doc, i + 1);

		if (doc->tokens[i].word != IKE_LABEL)
			continue;
		if (quoted && memchr(text, '\\', next->len) != NULL)
			return true;
		if (next->len == len + (quoted ? 2 : 0) && memcmp(text + quoted, label, len) == 0)
			return true;
	}
	return false;
}

struct near host_near_rule(const struct host *host, const char *label)
{
	struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct near near = near_to(label, strlen(label));
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < host->nrules; i++) {
		const struct ike_stmt *s;

		ike_read_rule(doc, host->rules[i], &item, NULL);
		s = ike_find(&item, IKE_LABEL);
		strbuf_clear(&text);
		if (s != NULL && s->good)
			ike_unquote(doc, s, &text);
		near_try(&near, text.buf);
	}
	ike_item_release(&item);
	strbuf_release(&text);
	return near;
}

size_t host_find_rule(const struct host *host, const char *label)
{
	struct doc *doc = host_doc(host, LOCATION_IKE_CONFIG);
	struct ike_item item = IKE_ITEM_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t i, len = strlen(label);

	for (i = 0; i < host->nrules; i++) {
		const struct ike_stmt *s;

		if (!may_have_label(doc, host->rules[i], label, len))
			continue;
		ike_read_rule(doc, host->rules[i], &item, NULL);
		s = ike_find(&item, IKE_LABEL);
		strbuf_clear(&text);
		if (s != NULL && s->good)
			ike_unquote(doc, s, &text);
		if (s != NULL && s->good && strcmp(text.buf, label) == 0)
			break;
	}
	ike_item_release(&item);
	strbuf_release(&text);
	return i;
}
