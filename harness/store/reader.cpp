#include "harness/store/complaint.hpp"
#include "harness/store/look_text.hpp"
#include "harness/store/schema.hpp"
#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"
#include "harness/store/trial_reader.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;
using model::TrialRecord;

/// A file that cannot be taken for a results file of this version throws.
void must_be_ours(Database& database, const fs::path& path)
{
    if (database.value_of("SELECT count(*) FROM sqlite_schema") == "0") {
        throw StoreError(std::string(cannot_read) + " " + path.string() +
                         ": it is empty. Its writer was stopped before it had begun, or the file was copied without "
                         "the -wal file beside it, which then holds the trials.");
    }
    if (database.value_of("PRAGMA application_id") != std::to_string(application_id)) {
        throw StoreError(std::string(cannot_read) + " " + path.string() +
                         ": it is not a results file. Name a file that `bulkhead run` has written.");
    }
    const std::string version = database.value_of("PRAGMA user_version");
    if (version != std::to_string(schema_version)) {
        throw StoreError(path.string() + " is a results file of schema version " + version +
                         "; this program reads version " + std::to_string(schema_version) +
                         ". Use the version of Bulkhead that wrote it.");
    }
}

/// Opens in the first way that can read the file. With a writer at work, only the first one is right; the others are
/// for folders in which nothing can be written, and so in which nobody writes.
Database open(const fs::path& path)
{
    std::exception_ptr first;
    for (const Access access : {Access::read, Access::read_solo, Access::read_still}) {
        try {
            Database database(path, access);
            database.execute("PRAGMA busy_timeout = 2000");
            (void)database.value_of("SELECT count(*) FROM sqlite_schema");
            return database;
        } catch (const SqliteError& error) {
            if (error.failure() != Failure::cannot_open && error.failure() != Failure::read_only) {
                throw;
            }
            first = first ? first : std::current_exception();
        }
    }
    std::rethrow_exception(first);
}

Database open_results(const fs::path& path)
{
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        throw StoreError(std::string(cannot_read) + " " + path.string() + ": it is a folder. Name a file in it.");
    }
    const fs::file_status status = fs::status(path, ignored);
    if (fs::exists(status) && !fs::is_regular_file(status)) { // to open a named pipe would wait for its writer
        throw StoreError(std::string(cannot_read) + " " + path.string() + ": it is no regular file.");
    }
    try {
        Database database = open(path);
        must_be_ours(database, path);
        return database;
    } catch (const SqliteError& error) {
        throw complaint(cannot_read, path, error);
    }
}

} // namespace

struct Reader::Impl {
    explicit Impl(const fs::path& file) : path(file), database(open_results(file)) {}

    void load_cells();
    [[nodiscard]] std::string text_of(const char* query);

    /// Does `work` in one transaction, so that a writer at work changes nothing between two of its statements.
    template <class Work>
    auto reading(const Work& work)
    {
        try {
            std::optional<Transaction> transaction;
            if (!database.in_transaction()) { // a visitor of for_each may read too
                transaction.emplace(database, begin, commit);
            }
            return work();
        } catch (const SqliteError& error) {
            throw complaint(cannot_read, path, error);
        }
    }

    fs::path path;
    Database database;
    Statement begin{database, "BEGIN"};
    Statement commit{database, "COMMIT"};
    std::map<std::uint32_t, model::Cell> cells; // as far as the file tells of them
    TrialReader trials{path, database, cells};
};

void Reader::Impl::load_cells()
{
    Statement rows(database, "SELECT number, shape, fault, variant, containment, coalesce(skipped, '') FROM cell");
    while (rows.next()) {
        const auto number = rows.get<std::uint32_t>();
        const std::string shape_name = rows.get_text();
        const std::string fault_name = rows.get_text();
        const std::string variant_text = rows.get_text();
        const std::string containment_text = rows.get_text();
        std::string skipped = rows.get_text();
        const auto containment = model::parse_containment(containment_text);
        if (!containment) {
            throw StoreError(std::string(cannot_read) + " " + path.string() + ": this program knows no containment '" +
                             containment_text + "'. Use the version of Bulkhead that wrote it.");
        }
        const auto shape = model::parse_shape(shape_name);
        const auto fault = model::parse_fault(fault_name);
        const auto variant = model::parse_variant(variant_text);
        if (!shape || !fault || !variant) {
            throw StoreError(std::string(cannot_read) + " " + path.string() + ": this program knows no " +
                             (!shape     ? "shape '" + shape_name
                              : !variant ? "variant '" + variant_text
                                         : "fault '" + fault_name) +
                             "'. Use the version of Bulkhead that wrote it.");
        }
        cells[number] = {.number = number,
                         .shape = *shape,
                         .fault = *fault,
                         .variant = *variant,
                         .containment = *containment,
                         .skipped = std::move(skipped)};
    }
}

std::string Reader::Impl::text_of(const char* query)
{
    return reading([&] { return database.value_of(query); });
}

Reader::Reader(const fs::path& path)
{
    try {
        impl_ = std::make_unique<Impl>(path);
        impl_->load_cells();
    } catch (const SqliteError& error) {
        throw complaint(cannot_read, path, error);
    }
}

Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

std::string Reader::experiment_text() const
{
    return impl_->text_of("SELECT text FROM experiment");
}

std::string Reader::origin() const
{
    return impl_->text_of("SELECT origin FROM experiment");
}

std::string Reader::ended() const
{
    return impl_->text_of("SELECT how FROM campaign");
}

void Reader::restore(model::Experiment& experiment) const
{
    std::vector<model::Cell> cells;
    for (const auto& [number, cell] : impl_->cells) {
        cells.push_back(cell);
    }
    contain_as(experiment, cells);
}

std::vector<Fact> Reader::facts() const
{
    return impl_->reading([&] {
        std::vector<Fact> facts;
        Statement rows(impl_->database, "SELECT name, value FROM fact ORDER BY position");
        while (rows.next()) {
            std::string name = rows.get_text();
            std::string value = rows.get_text();
            facts.push_back({std::move(name), std::move(value)});
        }
        return facts;
    });
}

std::optional<model::Stopped> Reader::stopped() const
{
    return impl_->reading([&] {
        Statement row(impl_->database, "SELECT rule, rounds FROM stop");
        std::optional<model::Stopped> stopped;
        if (row.next()) {
            const std::string name = row.get_text();
            const auto rule =
                std::ranges::find(model::all_stop_rules, name, [](model::StopRule each) { return to_string(each); });
            if (rule == std::end(model::all_stop_rules)) {
                throw StoreError(std::string(cannot_read) + " " + impl_->path.string() +
                                 ": this program knows no stop rule '" + name +
                                 "'. Use the version of Bulkhead that wrote it.");
            }
            stopped = {.rule = *rule, .rounds = row.get<std::uint32_t>()};
        }
        return stopped;
    });
}

std::chrono::nanoseconds Reader::took() const
{
    return impl_->reading([&] {
        Statement row(impl_->database, "SELECT coalesce(took, 0) FROM campaign");
        return std::chrono::nanoseconds(row.next() ? row.get<std::int64_t>() : 0);
    });
}

std::optional<model::Look> Reader::look() const
{
    return impl_->reading([&]() -> std::optional<model::Look> {
        if (impl_->database.value_of("SELECT count(*) FROM sqlite_schema WHERE name = 'look'") == "0") {
            return std::nullopt; // made before there were looks
        }
        Statement row(impl_->database, "SELECT rounds, sums FROM look");
        if (!row.next()) {
            return std::nullopt;
        }
        const auto rounds = row.get<std::uint32_t>();
        return parse_look(rounds, row.get_text());
    });
}

std::uint32_t Reader::trial_count() const
{
    return impl_->reading([&] {
        Statement count(impl_->database, "SELECT count(*) FROM trial");
        return count.next() ? count.get<std::uint32_t>() : 0U;
    });
}

std::optional<TrialRecord> Reader::trial(std::uint32_t id) const
{
    return impl_->reading([&] {
        Statement row(impl_->database, std::string(TrialReader::columns) + "WHERE id = ?");
        row << id;
        std::optional<TrialRecord> trial;
        if (row.next()) {
            trial = impl_->trials.take(row);
        }
        return trial;
    });
}

std::vector<std::uint32_t> Reader::trial_ids() const
{
    return impl_->reading([&] {
        std::vector<std::uint32_t> ids;
        Statement rows(impl_->database, "SELECT id FROM trial ORDER BY id");
        while (rows.next()) {
            ids.push_back(rows.get<std::uint32_t>());
        }
        return ids;
    });
}

void Reader::for_each_outline(const std::function<void(const Outline&)>& visit) const
{
    impl_->reading([&] {
        Statement rows(impl_->database, "SELECT id, cell, number FROM trial ORDER BY id");
        while (rows.next()) {
            Outline outline;
            outline.id = rows.get<std::uint32_t>();
            outline.address.cell = rows.get<std::uint32_t>();
            outline.address.number = rows.get<std::uint32_t>();
            visit(outline);
        }
    });
}

void Reader::for_each(const std::function<void(const TrialRecord&)>& visit, Order order) const
{
    impl_->reading([&] {
        Statement rows(impl_->database, std::string(TrialReader::columns) +
                                            (order == Order::by_id ? "ORDER BY id" : "ORDER BY sequence, id"));
        while (rows.next()) {
            visit(impl_->trials.take(rows));
        }
    });
}

void Reader::for_each_of(const std::vector<std::uint32_t>& ids,
                         const std::function<void(const TrialRecord&)>& visit) const
{
    impl_->reading([&] {
        Statement row(impl_->database, std::string(TrialReader::columns) + "WHERE id = ?");
        for (const std::uint32_t id : ids) {
            row << id;
            while (row.next()) {
                visit(impl_->trials.take(row));
            }
        }
    });
}

} // namespace bulkhead::store
