/*
 * ike/config: rules in several styles, sound or damaged.
 *
 * A rule is first filled in as words and values, then perhaps damaged, then laid out. A style is a
 * row: how often a rule has what, and the layouts its rules are drawn from.
 */
#include "config.h"

#include "tests/bench/gen.h"

#include <assert.h>
#include <string.h>

#include "base/xalloc.h"

enum { RULE_STREAM = 1, DEFECT_STREAM = 2 };
enum { ITEMS_MAX = 10, XFORMS_MAX = 2, PAIRS = 4 };
enum { PAIR_METHOD, PAIR_GROUP, PAIR_AUTH, PAIR_ENCR };

/* Which token the manifest's line is that of. */
enum fault_place { FAULT_NONE, FAULT_WORD, FAULT_VALUE };

struct item {
	const char *word;
	char value[96];
	enum fault_place fault;
};

struct rule {
	struct item items[ITEMS_MAX];
	size_t item_count;
	struct item xforms[XFORMS_MAX][PAIRS];
	size_t xform_count;
	bool unclosed, closed_twice;
	unsigned long fault_line; /* 0 until the faulty token was written */
};

/* What stands between the tokens. NULL: drawn anew each time from all that the grammar allows. */
struct layout {
	const char *item_gap;
	const char *value_gap;
	const char *xform_gap; /* between p1_xform and its brace */
	const char *pair_gap;
	const char *close_gap;
	unsigned remark_percent; /* comments at the end of an item's line */
};

/* How many rules in a hundred have what; rules without a transform of their own use the file's. */
struct gen_style {
	const char *name;
	const char *head;
	unsigned id_type, pfs, lifetime, inherit; /* preshared rules */
	unsigned second_xform, prefix, range;
	unsigned comment;         /* a comment before the rule */
	unsigned long group_size; /* a comment before each so many rules; 0: none */
	const struct layout *layouts;
	unsigned layout_count;
};

static const struct layout plain_layouts[] = {
	{ "\n    ", " ", " ", " ", "\n", 0 },
};

static const struct layout tabbed_layouts[] = {
	{ "\n\t", " ", "\n\t", " ", "\n", 0 },
};

static const struct layout mixed_layouts[] = {
	{ " ", " ", " ", " ", " ", 0 },      { "\n  ", " ", " ", " ", "\n", 8 },
	{ "\n\t", "\t", " ", " ", "\n", 8 }, { "\n        ", "  ", "\n        ", " ", "\n", 8 },
	{ NULL, NULL, NULL, NULL, NULL, 0 },
};

#define TRUST                                                                                      \
	"cert_root \"C=US, O=Example Corp, CN=Test Root CA\"\n"                                    \
	"cert_trust \"host.example.com\"\n"                                                        \
	"ignore_crls\nretry_limit 5\nexpire_timer 300\n\n"

static const struct gen_style styles[] = {
	{
		.name = "whitepaper",
		.head = "# ike/config: made-up test data\n#\n"
			"p1_lifetime_secs 28800\np1_nonce_len 20\np2_pfs 5\n\n" TRUST,
		.pfs = 100,
		.comment = 100,
		.layouts = plain_layouts,
		.layout_count = ARRAY_SIZE(plain_layouts),
	},
	{
		.name = "solaris",
		.head = "### made-up test data\n\n## Phase 1 defaults\n\n"
			"p1_lifetime_secs 14400\np1_nonce_len 20\n\n"
			"## What a rule may override\n\n"
			"p1_xform\n\t{ auth_method preshared oakley_group 14 auth_alg sha1 "
			"encr_alg aes }\np2_pfs 5\n\n" TRUST,
		.id_type = 100,
		.pfs = 100,
		.lifetime = 100,
		.inherit = 40,
		.group_size = 10,
		.layouts = tabbed_layouts,
		.layout_count = ARRAY_SIZE(tabbed_layouts),
	},
	{
		.name = "mixed",
		.head = "# ike/config: made-up test data\n"
			"p1_lifetime_secs 28800 p1_nonce_len\t20\n\np2_pfs 5\n\n" TRUST,
		.id_type = 40,
		.pfs = 30,
		.lifetime = 20,
		.second_xform = 15,
		.prefix = 10,
		.range = 5,
		.comment = 40,
		.layouts = mixed_layouts,
		.layout_count = ARRAY_SIZE(mixed_layouts),
	},
};

const struct gen_style *gen_style_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(styles); i++) {
		if (!strcmp(styles[i].name, name))
			return &styles[i];
	}
	return NULL;
}

static struct item *rule_add(struct rule *rule, const char *word)
{
	assert(rule->item_count < ITEMS_MAX);
	rule->items[rule->item_count] = (struct item){ .word = word };
	return &rule->items[rule->item_count++];
}

/* The first item of that WORD, which the rule has. */
static struct item *rule_find(struct rule *rule, const char *word)
{
	struct item *item = rule->items;

	while (strcmp(item->word, word)) {
		item++;
		assert(item < rule->items + rule->item_count);
	}
	return item;
}

static void rule_drop(struct rule *rule, struct item *item)
{
	struct item *end = &rule->items[rule->item_count--];

	memmove(item, item + 1, (size_t)(end - (item + 1)) * sizeof *item);
}

static void set(struct item *item, const char *value)
{
	snprintf(item->value, sizeof item->value, "%s", value);
}

static void set_label(struct item *item, const struct gen_plan *plan, unsigned long i)
{
	char label[LABEL_SIZE];

	gen_label(label, plan, i);
	snprintf(item->value, sizeof item->value, plan->labels == LABELS_INDEXID ? "%s" : "\"%s\"",
		 label);
}

static void set_name(struct item *item, char side, unsigned long i)
{
	static const char *const organisations[] = { "Example Corp", "Example Networks",
						     "Branch Office", "Datacenter East", "Lab" };

	snprintf(item->value, sizeof item->value, "\"C=US, O=%s, OU=IPsec, CN=%c%07lu\"",
		 organisations[i % ARRAY_SIZE(organisations)], side, i);
}

static void add_xform(struct rule *rule, struct rng *rng, bool preshared)
{
	static const char *const words[PAIRS] = { "auth_method", "oakley_group", "auth_alg",
						  "encr_alg" };
	static const char *const groups[] = { "5", "14", "15", "16" };
	static const char *const auths[] = { "sha", "sha1", "sha256" };
	static const char *const encrs[] = { "3des", "aes", "aes(128..256)" };
	struct item *pairs = rule->xforms[rule->xform_count++];
	size_t i;

	for (i = 0; i < PAIRS; i++)
		pairs[i] = (struct item){ .word = words[i] };
	set(&pairs[PAIR_METHOD], preshared ? "preshared" : "rsa_sig");
	set(&pairs[PAIR_GROUP], RNG_PICK(rng, groups));
	set(&pairs[PAIR_AUTH], RNG_PICK(rng, auths));
	set(&pairs[PAIR_ENCR], RNG_PICK(rng, encrs));
}

static void add_addresses(struct rule *rule, const struct gen_style *style, struct rng *rng,
			  unsigned long i)
{
	struct item *local = rule_add(rule, "local_addr");
	struct item *remote = rule_add(rule, "remote_addr");

	gen_local(local->value, i);
	gen_remote(remote->value, i);
	if (rng_percent(rng, style->prefix))
		strcat(remote->value, "/32");
	if (rng_percent(rng, style->range)) {
		strcat(local->value, "-");
		gen_local(local->value + strlen(local->value), i + 1);
	}
}

/* Even rules are preshared, odd ones have certificates. */
static void rule_fill(struct rule *rule, const struct gen_plan *plan, struct rng *rng,
		      unsigned long i)
{
	static const char *const pfs_groups[] = { "0", "5", "14" };
	const struct gen_style *style = plan->style;
	bool preshared = i % 2 == 0;

	*rule = (struct rule){ .item_count = 0 };
	set_label(rule_add(rule, "label"), plan, i);
	if (!preshared) {
		set(rule_add(rule, "local_id_type"), "dn");
		set_name(rule_add(rule, "local_id"), 'l', i);
		snprintf(rule_add(rule, "remote_id")->value, sizeof rule->items[0].value,
			 "\"CN=r%07lu\"", i);
	} else if (rng_percent(rng, style->id_type)) {
		set(rule_add(rule, "local_id_type"), "ip");
	}
	add_addresses(rule, style, rng, i);
	if (preshared && rng_percent(rng, style->pfs))
		set(rule_add(rule, "p2_pfs"), RNG_PICK(rng, pfs_groups));
	if (preshared && rng_percent(rng, style->lifetime))
		snprintf(rule_add(rule, "p2_lifetime_secs")->value, sizeof rule->items[0].value,
			 "%u", 1800 * (1 + rng_below(rng, 23)));
	if (!preshared || !rng_percent(rng, style->inherit))
		add_xform(rule, rng, preshared);
	if (rule->xform_count && rng_percent(rng, style->second_xform))
		add_xform(rule, rng, preshared);
}

static void damage_value(struct item *item, const char *value)
{
	set(item, value);
	item->fault = FAULT_VALUE;
}

enum defect {
	UNKNOWN_KEYWORD,
	BAD_ADDRESS,
	BAD_GROUP,
	MISSING_CLOSE,
	UNTERMINATED_STRING,
	DUPLICATE_LABEL,
	WEAK_ENCR,
	MISSING_REMOTE_ADDR,
	BAD_NUMBER,
	STRAY_CLOSE,
	DEFECT_COUNT
};

static const char *const defect_names[DEFECT_COUNT] = {
	[UNKNOWN_KEYWORD] = "unknown_keyword",
	[BAD_ADDRESS] = "bad_address",
	[BAD_GROUP] = "bad_group",
	[MISSING_CLOSE] = "missing_close",
	[UNTERMINATED_STRING] = "unterminated_string",
	[DUPLICATE_LABEL] = "duplicate_label",
	[WEAK_ENCR] = "weak_encr",
	[MISSING_REMOTE_ADDR] = "missing_remote_addr",
	[BAD_NUMBER] = "bad_number",
	[STRAY_CLOSE] = "stray_close",
};

/* Where nothing marks a token as faulty, the manifest names the line of the rule's first brace. */
static void rule_damage(struct rule *rule, enum defect defect, const struct gen_plan *plan,
			struct rng *rng, unsigned long i)
{
	struct item *label = rule_find(rule, "label"), *misspelt;
	bool needs_xform = defect == BAD_GROUP || defect == WEAK_ENCR || defect == BAD_NUMBER;

	if (needs_xform && !rule->xform_count)
		add_xform(rule, rng, i % 2 == 0);
	switch (defect) {
	case UNKNOWN_KEYWORD:
		misspelt = rule_find(rule, "local_addr");
		misspelt->word = "locl_addr";
		misspelt->fault = FAULT_WORD;
		break;
	case BAD_ADDRESS:
		damage_value(rule_find(rule, "local_addr"), "10.300.1.1");
		break;
	case BAD_GROUP:
		damage_value(&rule->xforms[0][PAIR_GROUP], "99");
		break;
	case MISSING_CLOSE:
		rule->unclosed = true;
		break;
	case UNTERMINATED_STRING:
		damage_value(label, "\"a label without its end");
		break;
	case DUPLICATE_LABEL:
		set_label(label, plan, i - 1);
		label->fault = FAULT_VALUE;
		break;
	case WEAK_ENCR:
		damage_value(&rule->xforms[0][PAIR_ENCR], "des");
		break;
	case MISSING_REMOTE_ADDR:
		rule_drop(rule, rule_find(rule, "remote_addr"));
		break;
	case BAD_NUMBER:
		damage_value(&rule->xforms[0][PAIR_GROUP], "14x");
		break;
	case STRAY_CLOSE:
		rule->closed_twice = true;
		break;
	case DEFECT_COUNT:
		break;
	}
}

static void put_gap(struct out *out, struct rng *rng, const char *gap)
{
	static const char *const any[] = { " ",  " ",      " ",    "  ",        "\t",
					   "\n", "\n    ", " \t ", "   \n\n  ", " # note\n\t" };

	out_put(out, gap ? gap : RNG_PICK(rng, any));
}

static void put_item(struct out *out, struct rng *rng, const struct layout *layout,
		     struct rule *rule, const struct item *item)
{
	if (item->fault == FAULT_WORD)
		rule->fault_line = out->line;
	out_put(out, item->word);
	put_gap(out, rng, layout->value_gap);
	if (item->fault == FAULT_VALUE)
		rule->fault_line = out->line;
	out_put(out, item->value);
}

static void put_xform(struct out *out, struct rng *rng, const struct layout *layout,
		      struct rule *rule, const struct item *pairs)
{
	size_t i;

	out_put(out, "p1_xform");
	put_gap(out, rng, layout->xform_gap);
	out_put(out, "{");
	for (i = 0; i < PAIRS; i++) {
		put_gap(out, rng, layout->pair_gap);
		put_item(out, rng, layout, rule, &pairs[i]);
	}
	put_gap(out, rng, layout->pair_gap);
	out_put(out, "}");
}

static void rule_put(struct rule *rule, struct out *out, struct rng *rng,
		     const struct layout *layout)
{
	unsigned long first_line = out->line;
	size_t i;

	out_put(out, "{");
	for (i = 0; i < rule->item_count; i++) {
		put_gap(out, rng, layout->item_gap);
		put_item(out, rng, layout, rule, &rule->items[i]);
		if (rng_percent(rng, layout->remark_percent))
			out_put(out, "   # checked");
	}
	for (i = 0; i < rule->xform_count; i++) {
		put_gap(out, rng, layout->item_gap);
		put_xform(out, rng, layout, rule, rule->xforms[i]);
	}
	put_gap(out, rng, layout->close_gap);
	if (rule->closed_twice) {
		out_put(out, "}\n");
		rule->fault_line = out->line;
	}
	out_put(out, rule->unclosed ? "\n" : "}\n");
	if (!rule->fault_line)
		rule->fault_line = first_line;
}

/*
 * The defects lie in strides of equal length, never in the first rule or side by side, so that the
 * label a duplicate repeats is a sound one. Returns the rule of defect K.
 */
static unsigned long defect_place(const struct gen_plan *plan, unsigned long k)
{
	unsigned long stride = plan->entries / plan->defects;
	struct rng rng = rng_start(plan->seed, DEFECT_STREAM, k);

	return k * stride + 1 + rng_below(&rng, (unsigned)stride - 2);
}

static void put_comments(const struct gen_style *style, struct out *out, struct rng *rng,
			 unsigned long i)
{
	if (style->group_size && i % style->group_size == 0)
		out_putf(out, "\n## Rules %lu to %lu\n", i, i + style->group_size - 1);
	if (rng_percent(rng, style->comment))
		out_putf(out, "# rule %lu\n", i);
}

void gen_ike_config(const struct gen_plan *plan, struct out *out, FILE *manifest)
{
	const struct gen_style *style = plan->style;
	unsigned long i, k = 0;
	struct rule rule;

	out_put(out, style->head);
	for (i = 0; i < plan->entries; i++) {
		struct rng rng = rng_start(plan->seed, RULE_STREAM, i);
		const struct layout *layout = &style->layouts[rng_below(&rng, style->layout_count)];
		bool damaged = k < plan->defects && i == defect_place(plan, k);

		put_comments(style, out, &rng, i);
		rule_fill(&rule, plan, &rng, i);
		if (damaged)
			rule_damage(&rule, k % DEFECT_COUNT, plan, &rng, i);
		rule_put(&rule, out, &rng, layout);
		if (damaged)
			fprintf(manifest, "%lu\t%s\n", rule.fault_line,
				defect_names[k++ % DEFECT_COUNT]);
	}
}
